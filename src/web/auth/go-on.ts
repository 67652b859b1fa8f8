import { useRouter, useSearch } from "@tanstack/react-router";
import { type SessionState, takeSession } from "../app/session";
import { pageOfStep, safeNext } from "../app/steps";

/** Keeps what the server said and goes to the page of the step it is at now. */
export function useGoOn(): (state: SessionState) => Promise<void> {
  const router = useRouter();
  const { next } = useSearch({ strict: false });
  return async (state) => {
    takeSession(state);
    const page = pageOfStep(state);
    if (page === null) await router.navigate({ href: safeNext(next), replace: true });
    else await router.navigate({ to: page, search: next ? { next: safeNext(next) } : {} });
  };
}
