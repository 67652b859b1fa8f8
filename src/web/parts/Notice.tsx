import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import css from "./Notice.module.css";

const ICONS = { ok: "check", info: "info", warn: "warning", danger: "warning" } satisfies Record<string, IconName>;

interface NoticeProps {
  tone: keyof typeof ICONS;
  title?: ReactNode;
  children?: ReactNode;
}

/** Something the reader should know before going on, in place and not in passing. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className={css.notice} data-tone={tone} role={tone === "danger" ? "alert" : "status"}>
      <Icon name={ICONS[tone]} />
      <div>
        {title && <p className={css.title}>{title}</p>}
        {children}
      </div>
    </div>
  );
}
