import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import css from "./Tag.module.css";

export type Tone = "plain" | "ok" | "warn" | "danger" | "info" | "accent";

/** A state in one or two words; colour never says it alone. */
export function Tag({ tone = "plain", icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={css.tag} data-tone={tone}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}
