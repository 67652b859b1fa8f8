import { queryOptions } from "@tanstack/react-query";
import { api, type Schemas, unwrap } from "../app/api";
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

/** The sentence and the SQL of a question that was saved as a plan. */
export const workingQuery = ({ sourceId, plan }: Schemas["QuestionDetail"]) =>
  queryOptions({
    queryKey: ["ask", "working", sourceId, plan],
    queryFn: () => (plan ? unwrap(api.POST("/api/v1/ask/plan", { body: { sourceId, plan, patch: null } })) : null),
    staleTime: 300_000,
    retry: false,
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

/** One's own queries that run or wait. */
export const runningQuery = queryOptions({
  queryKey: ["queries", "running"],
  queryFn: () => unwrap(api.GET("/api/v1/queries")),
  staleTime: 0,
});

export function stopQuery(queryId: string) {
  return unwrap(api.DELETE("/api/v1/queries/{query_id}", { params: { path: { query_id: queryId } } }));
}

/** The question as the share dialog takes it. */
export function shareable({ questionId, name, owner }: Schemas["QuestionSummary"]) {
  const path = "/api/v1/questions/{question_id}/shares" as const;
  const params = { path: { question_id: questionId } };
  return {
    kind: "question" as const,
    name,
    ownerId: owner?.userId,
    explained: "Those you add see it with its charts, each with their own rights to its data.",
    read: () => unwrap(api.GET(path, { params })),
    write: (body: Schemas["Shares"]) => unwrap(api.PUT(path, { params, body })),
  };
}

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
