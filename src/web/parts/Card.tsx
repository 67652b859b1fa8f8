import { type CSSProperties, type ReactNode, useId } from "react";
import css from "./Card.module.css";
import { Reloading } from "./Skeleton";

interface CardProps {
  title?: ReactNode;
  /** A few pale words after the title: the unit, the site, the range. */
  sub?: ReactNode;
  /** At the right end of the header: tags, links, small buttons, a menu. */
  actions?: ReactNode;
  /** Draws a hairline under the header. */
  isRuled?: boolean;
  isReloading?: boolean;
  /** Gives the content its own margins; lists and tables go without. */
  isPadded?: boolean;
  className?: string;
  style?: CSSProperties;
  children?: ReactNode;
}

/** The one level of box that pages have; cards do not nest. */
export function Card({
  title,
  sub,
  actions,
  isRuled = false,
  isReloading = false,
  isPadded = false,
  className,
  style,
  children,
}: CardProps) {
  const id = useId();
  return (
    <section
      className={className ? `${css.card} ${className}` : css.card}
      style={style}
      aria-labelledby={title ? id : undefined}
      aria-busy={isReloading || undefined}
    >
      {isReloading && <Reloading />}
      {(title || actions) && (
        <header className={css.header} data-ruled={isRuled || undefined}>
          <div className={css.heading}>
            {title && <h2 id={id}>{title}</h2>}
            {sub && <span className={css.sub}>{sub}</span>}
          </div>
          <span className={css.actions}>{actions}</span>
        </header>
      )}
      <div className={css.content} data-padded={isPadded || undefined} data-stale={isReloading || undefined}>
        {children}
      </div>
    </section>
  );
}

/** Rows of a card, each under its hairline. */
export function CardList({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className={css.list} aria-label={label}>
      {children}
    </ul>
  );
}

interface CardRowProps {
  icon?: ReactNode;
  title: ReactNode;
  sub?: ReactNode;
  /** At the right end: a time, a tag, small buttons. */
  children?: ReactNode;
}

export function CardRow({ icon, title, sub, children }: CardRowProps) {
  return (
    <li className={css.row}>
      {icon && <span className={css.icon}>{icon}</span>}
      <div className={css.words}>
        <div className={css.title}>{title}</div>
        {sub && <div className={css.under}>{sub}</div>}
      </div>
      {children && <div className={css.right}>{children}</div>}
    </li>
  );
}

/** The tinted last row of a card. */
export function CardFoot({ children }: { children: ReactNode }) {
  return <footer className={css.foot}>{children}</footer>;
}
