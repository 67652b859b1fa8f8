import { Link } from "@tanstack/react-router";
import css from "./SourceTabs.module.css";

/** What there is to see of one source. */
export function SourceTabs({ sourceId }: { sourceId: string }) {
  const params = { id: sourceId };
  return (
    <nav className={css.tabs} aria-label="Parts of this source">
      <Link to="/sources/$id" params={params} activeOptions={{ exact: true, includeSearch: false }}>
        Tables
      </Link>
      <Link to="/sources/$id/terms" params={params}>
        Terms
      </Link>
    </nav>
  );
}
