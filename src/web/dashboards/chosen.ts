import type { DashboardSummary } from "./types";

/** The dashboard that this person opened last, else one of theirs that is pinned, else the first. */
export function chosenOf(dashboards: readonly DashboardSummary[]): DashboardSummary | null {
  const opened = dashboards
    .filter((each) => each.openedAt)
    .toSorted((a, b) => String(b.openedAt).localeCompare(String(a.openedAt)));
  return opened[0] ?? dashboards.find((each) => each.isPinned) ?? dashboards[0] ?? null;
}
