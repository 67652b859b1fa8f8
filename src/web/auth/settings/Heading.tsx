import type { ReactNode } from "react";
import css from "./Heading.module.css";

/** The name of a settings page, and what it is about. */
export function Heading({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className={css.heading}>
      <div>
        <h1>{title}</h1>
        <p className={css.lead}>{children}</p>
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
