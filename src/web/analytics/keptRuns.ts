/** What was run under which name, for as long as the tab is open: an address holds the name alone. */
export interface Statement {
  sourceId: string;
  sql: string;
}

type Store = Pick<Storage, "getItem" | "setItem">;

const KEY = "gridlens.runs";
const MOST = 20;

export function keepRun(queryId: string, { sourceId, sql }: Statement, store: Store = sessionStorage): void {
  const others = all(store).filter(([id]) => id !== queryId);
  try {
    store.setItem(KEY, JSON.stringify([...others, [queryId, sourceId, sql]].slice(-MOST)));
  } catch {
    // Without room for it the statement is still in the history.
  }
}

export function keptRun(queryId: string | undefined, store: Store = sessionStorage): Statement | null {
  const found = all(store).find(([id]) => id === queryId);
  return found ? { sourceId: found[1], sql: found[2] } : null;
}

function all(store: Store): [string, string, string][] {
  try {
    const kept: unknown = JSON.parse(store.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is [string, string, string] {
  return Array.isArray(value) && value.length === 3 && value.every((each) => typeof each === "string");
}
