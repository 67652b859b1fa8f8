import "react";

declare module "react" {
  // Custom properties carry a widget's place and other measured values into CSS modules.
  interface CSSProperties {
    [name: `--${string}`]: string | number;
  }
}
