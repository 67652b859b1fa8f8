import type { Permission } from "../../app/session";

/** What a token may be given, reading before changing. */
export const SCOPES: readonly Permission[] = [
  "sources.read",
  "catalogs.read",
  "questions.read",
  "dashboards.read",
  "reports.read",
  "queries.run",
  "sources.manage",
  "questions.edit",
  "dashboards.edit",
  "reports.edit",
  "users.manage",
  "audit.read",
  "mailbox.read",
];

/** Scopes that change something, or open the door to others. */
const ACTING = /\.(manage|edit)$/u;

export function isActing(scope: string): boolean {
  return ACTING.test(scope);
}

/** "dashboards.read" as a reader sees it: "read dashboards". */
export function scopeText(scope: string): string {
  const [what = scope, deed] = scope.split(".");
  return deed ? `${deed} ${what}` : what;
}

/** Days until a token ends; it deserves a warning below this. */
export const SOON_DAYS = 21;

export function daysLeft(expiresAt: string, now: number): number {
  return Math.ceil((Date.parse(expiresAt) - now) / 86_400_000);
}
