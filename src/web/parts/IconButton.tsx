import { ActionIcon, Tooltip } from "@mantine/core";
import type { ComponentPropsWithRef } from "react";
import { Icon, type IconName } from "./Icon";

interface IconButtonProps extends Omit<ComponentPropsWithRef<"button">, "color" | "style"> {
  icon: IconName;
  /** Names the button for everybody: read aloud, and shown on hover and focus. */
  label: string;
  /** 24, 28 or 32 px. */
  size?: "xs" | "sm" | "md";
  variant?: "subtle" | "default" | "filled";
}

/** A button that is only a picture. */
export function IconButton({ icon, label, size = "md", variant = "subtle", ref, ...button }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon ref={ref} type="button" variant={variant} size={size} aria-label={label} {...button}>
        <Icon name={icon} size={size === "xs" ? 14 : 16} />
      </ActionIcon>
    </Tooltip>
  );
}
