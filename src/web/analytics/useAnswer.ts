import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, unwrap } from "../app/api";
import { asProblem } from "../app/problem";
import { queryClient } from "../app/query";
import { type AskSearch, asksAlike, planKey, type QueryPlan } from "./asked";

type Answered = Schemas["Answered"];

const REFUSED = new Set([400, 422]);

/** What the words mean, and the answer that the address keeps instead where a slot or a reading was chosen. */
export function useAnswer({ q: question, source: sourceId, after, plan }: AskSearch & { q: string; source: string }) {
  const asked = useQuery({
    queryKey: ["ask", sourceId, question, planKey(after)],
    queryFn: () => ask(sourceId, question, after ?? null),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const chosen = useQuery({
    queryKey: chosenKey(sourceId, plan),
    queryFn: () =>
      plan ? unwrap(api.POST("/api/v1/ask/plan", { body: { sourceId, plan, patch: null } })) : null,
    enabled: plan !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const other = plan ? chosen.data : null;
  const isOther = Boolean(other) && !asksAlike(other?.plan, asked.data?.plan);
  const waits = plan !== undefined && chosen.isPending;
  return {
    asked,
    answer: waits ? undefined : other ? together(other, asked.data, isOther) : asked.data,
    isPending: waits || (asked.isPending && !other),
    isOther,
    isRefused: plan !== undefined && chosen.isError,
    /** So that the address that is gone to next needs no other call. */
    keep: (next: Answered) => {
      if (next.plan) queryClient.setQueryData(chosenKey(sourceId, next.plan), next);
    },
  };
}

/** The chosen answer with what stays true of the words; all of it where only an assumption was confirmed. */
function together(chosen: Answered, asked: Answered | undefined, isOther: boolean): Answered {
  if (!asked) return chosen;
  if (!isOther) return { ...asked, plan: chosen.plan, sentence: chosen.sentence, sql: chosen.sql };
  return { ...chosen, readings: asked.readings, isFollowUp: asked.isFollowUp };
}

function chosenKey(sourceId: string, plan: QueryPlan | undefined) {
  return ["ask", "plan", sourceId, planKey(plan)];
}

/** A plan in the address that the server cannot go on from is left out: the words may do without it. */
async function ask(sourceId: string, question: string, previous: QueryPlan | null): Promise<Answered> {
  try {
    return await unwrap(api.POST("/api/v1/ask", { body: { sourceId, question, previous } }));
  } catch (error) {
    if (!previous || !REFUSED.has(asProblem(error).status)) throw error;
    return unwrap(api.POST("/api/v1/ask", { body: { sourceId, question, previous: null } }));
  }
}
