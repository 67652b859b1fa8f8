/** The little of Plotly that we call; the package ships no types for its bundles. */
declare module "plotly.js-cartesian-dist-min" {
  export interface Config {
    displayModeBar: boolean;
    responsive: boolean;
    doubleClick: false | "reset";
    scrollZoom: boolean;
    showTips: boolean;
  }
  export interface Plotted extends HTMLElement {
    on(event: "plotly_relayout" | "plotly_doubleclick", listener: (said: unknown) => void): void;
  }
  export function react(
    element: HTMLElement,
    data: readonly unknown[],
    layout: object,
    config: Partial<Config>,
  ): Promise<Plotted>;
  export function purge(element: HTMLElement): void;
  export const Plots: { resize(element: HTMLElement): void };
}
