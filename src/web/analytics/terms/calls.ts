import { queryOptions, useMutation } from "@tanstack/react-query";
import { api, type Schemas, unwrap } from "../../app/api";
import { queryClient } from "../../app/query";
import { tellProblem, tellUndo } from "../../parts/toast";

export type Terms = Schemas["SemanticOut"];
export type Model = Schemas["SemanticModel"];
export type TableMeaning = Schemas["TableMeaning"];
export type ColumnMeaning = Schemas["ColumnMeaning"];
export type Metric = Schemas["Metric"];
export type NewTerm = Schemas["NewTerm"];

export const TERMS = "/api/v1/semantic/{source_id}" as const;

export const at = (sourceId: string) => ({ path: { source_id: sourceId } });

export const termsQuery = (sourceId: string) =>
  queryOptions({
    queryKey: ["terms", sourceId],
    queryFn: () => unwrap(api.GET(TERMS, { params: at(sourceId) })),
  });

export const versionsQuery = (sourceId: string) =>
  queryOptions({
    queryKey: ["terms", sourceId, "versions"],
    queryFn: () => unwrap(api.GET(`${TERMS}/versions`, { params: at(sourceId) })),
    staleTime: 0,
  });

/** What was understood, drawn or completed with the old terms is asked for again. */
export function renewTerms(sourceId: string): Promise<unknown> {
  return Promise.all([
    queryClient.invalidateQueries({ queryKey: ["terms", sourceId] }),
    queryClient.invalidateQueries({ queryKey: ["ask"] }),
    queryClient.invalidateQueries({ queryKey: ["queries"] }),
  ]);
}

/** Goes back to what was agreed before a change, and says so again. */
export function takeBack(sourceId: string, change: Schemas["Changed"]): Promise<unknown> {
  return unwrap(
    api.POST(`${TERMS}/restore`, {
      params: at(sourceId),
      body: { version: change.version, to: change.before },
    }),
  ).then(() => renewTerms(sourceId));
}

/** Saves the whole model as the version after the one shown; a form shows a refusal itself. */
export function useSaveTerms(terms: Terms, onSaved: () => void, isForm = false) {
  return useMutation({
    mutationFn: ({ model }: { model: Model; said: string }) =>
      unwrap(api.PUT(TERMS, { params: at(terms.sourceId), body: { version: terms.version, model } })),
    onSuccess: async (saved, { said }) => {
      onSaved();
      await renewTerms(terms.sourceId);
      tellUndo(said, () => takeBack(terms.sourceId, { version: saved.version, before: terms.version }));
    },
    onError: (error) => {
      if (!isForm) tellProblem(error);
    },
  });
}
