import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode, useEffect } from "react";
import { Icon } from "../../parts/Icon";
import { Kbd } from "../../parts/Kbd";
import { useMay } from "../session";
import { namesOfKeys } from "../shortcuts";
import { Clock } from "./Clock";
import css from "./Page.module.css";
import { InsidePage, useShell } from "./shell-context";

export interface Crumb {
  label: string;
  to: string;
}

const NONE: readonly Crumb[] = [];

interface PageProps {
  /** Names the page in the bar and in the browser's tab. */
  title: string;
  crumbs?: readonly Crumb[];
  /** Stands after the title, such as a tag that says "Editing". */
  badge?: ReactNode;
  /** Buttons at the right of the bar; without them the clock stands there. */
  actions?: ReactNode;
  /** The page draws its own `h1` below the bar. */
  hasOwnHeading?: boolean;
  /** The page has its own field to ask in. */
  hasOwnSearch?: boolean;
  /** The content reaches the edges and scrolls by itself. */
  isFlush?: boolean;
  children: ReactNode;
}

/** One page inside the shell: the bar with crumbs, palette and actions, and the content below it. */
export function Page({
  title,
  crumbs = NONE,
  badge,
  actions,
  hasOwnHeading = false,
  hasOwnSearch = false,
  isFlush = false,
  children,
}: PageProps) {
  const shell = useShell();
  const may = useMay();
  useEffect(() => {
    document.title = `${title} · Gridlens`;
  }, [title]);
  const Name = hasOwnHeading ? "b" : "h1";

  return (
    <>
      <header className={css.bar}>
        <div className={css.trail}>
          {crumbs.length > 0 && (
            <nav aria-label="Breadcrumbs" className={css.crumbs}>
              {crumbs.map((crumb) => (
                <Fragment key={crumb.to}>
                  <Link to={crumb.to}>{crumb.label}</Link>
                  <span aria-hidden="true">/</span>
                </Fragment>
              ))}
            </nav>
          )}
          <Name className={css.name}>{title}</Name>
          {badge}
        </div>
        {!hasOwnSearch && shell && (
          <UnstyledButton className={css.command} onClick={shell.openPalette}>
            <Icon name="search" size={14} />
            {may("queries.run") ? "Ask a question or jump to…" : "Jump to…"}
            <Kbd>{namesOfKeys("mod+k").join(" ")}</Kbd>
          </UnstyledButton>
        )}
        <div className={css.actions}>{actions ?? <Clock />}</div>
      </header>
      <main id="main" tabIndex={-1} className={isFlush ? css.flush : css.body}>
        <InsidePage value={true}>{children}</InsidePage>
      </main>
    </>
  );
}
