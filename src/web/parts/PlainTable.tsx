import type { ReactNode } from "react";
import css from "./PlainTable.module.css";

interface PlainTableProps {
  /** Said to readers who cannot see the heading above. */
  label: string;
  head?: ReactNode;
  children: ReactNode;
}

/** A short table of words, written by hand; measured rows go into `DataTable`. */
export function PlainTable({ label, head, children }: PlainTableProps) {
  return (
    // The wrapper scrolls sideways, so it has to be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={css.table}>
        {head && (
          <thead>
            <tr>{head}</tr>
          </thead>
        )}
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
