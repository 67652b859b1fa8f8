import { queryOptions } from "@tanstack/react-query";
import { api, csrfHeaders, unwrap } from "../app/api";
import { asProblem, problemFrom } from "../app/problem";
import { queryClient } from "../app/query";

export const questionsQuery = (words = "") =>
  queryOptions({
    queryKey: ["questions", "list", words],
    queryFn: () => unwrap(api.GET("/api/v1/questions", { params: { query: { words } } })),
  });

export const questionQuery = (id: string) =>
  queryOptions({
    queryKey: ["questions", "one", id],
    queryFn: () =>
      unwrap(api.GET("/api/v1/questions/{question_id}", { params: { path: { question_id: id } } })),
  });

export const completionQuery = (sourceId: string) =>
  queryOptions({
    queryKey: ["queries", "completion", sourceId],
    queryFn: () => unwrap(api.GET("/api/v1/queries/completion", { params: { query: { sourceId } } })),
    staleTime: 300_000,
  });

export const historyQuery = queryOptions({
  queryKey: ["queries", "history"],
  queryFn: () => unwrap(api.GET("/api/v1/queries/history", { params: { query: {} } })),
  staleTime: 0,
});

export function renewQuestions(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["questions"] });
}

/** Columns by table, as the editor completes them. */
export function schemaOf(
  tables: readonly { name: string; schema: string | null; columns: readonly { name: string }[] }[],
): Record<string, string[]> {
  return Object.fromEntries(
    tables.map((table) => [
      table.schema ? `${table.schema}.${table.name}` : table.name,
      table.columns.map(({ name }) => name),
    ]),
  );
}

/** Fetches rows as a file and hands it to the browser to keep. */
export async function saveRows(url: string, body: object, fileName: string): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...csrfHeaders() },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw asProblem(error);
  });
  if (!response.ok) {
    throw problemFrom(await response.json().catch(() => null), response.status, response.headers);
  }
  const address = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement("a"), { href: address, download: fileName }).click();
  URL.revokeObjectURL(address);
}
