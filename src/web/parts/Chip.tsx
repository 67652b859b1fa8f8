import { UnstyledButton } from "@mantine/core";
import type { ComponentPropsWithRef, ReactNode } from "react";
import css from "./Chip.module.css";
import { Icon, type IconName } from "./Icon";

interface ChipProps extends Omit<ComponentPropsWithRef<"button">, "name" | "value"> {
  icon?: IconName;
  /** What is chosen here, such as "Compare"; pale. */
  name?: ReactNode;
  /** What stands chosen. */
  value?: ReactNode;
  /** A pale addition after the value, such as a count. */
  extra?: ReactNode;
  /** Opens a menu. */
  hasMenu?: boolean;
  /** Not chosen yet: "Filter", "Add". */
  isDashed?: boolean;
}

/** A small control that names one choice; give it to a menu as its target. */
export function Chip({ icon, name, value, extra, hasMenu, isDashed, ref, className, ...button }: ChipProps) {
  return (
    <UnstyledButton ref={ref} type="button" className={className ? `${css.chip} ${className}` : css.chip} data-dashed={isDashed || undefined} {...button}>
      {icon && <Icon name={icon} size={14} />}
      {name && <span className={css.name}>{name}</span>}
      {value && <span className={css.value}>{value}</span>}
      {extra && <span className={css.name}>{extra}</span>}
      {hasMenu && <Icon name="down" size={14} />}
    </UnstyledButton>
  );
}
