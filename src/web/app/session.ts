import { queryOptions, useQuery } from "@tanstack/react-query";
import { type Schemas, api, unwrap, connectCredentials } from "./api";
import { setPreference } from "./preferences";
import { queryClient } from "./query";

export type SessionState = Schemas["SessionState"];
export type Permission = Schemas["Permission"];
export type SignedInUser = NonNullable<SessionState["user"]>;

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async () => remember(await unwrap(api.GET("/api/v1/auth/session"))),
  staleTime: 60_000,
});

/** Keeps what an answer of the sign-in flow said: the step, the user, and the token of the new session. */
export function takeSession(state: SessionState): SessionState {
  const before = queryClient.getQueryData(sessionQuery.queryKey);
  if (before?.user && before.user.id !== state.user?.id) queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, state);
  return remember(state);
}

function remember(state: SessionState): SessionState {
  if (state.user) setPreference("theme", state.user.theme);
  return state;
}

export function currentSession(): SessionState | undefined {
  return queryClient.getQueryData(sessionQuery.queryKey);
}

export function useSession(): SessionState | undefined {
  return useQuery(sessionQuery).data;
}

/** The signed-in user; only for what is drawn inside the shell. */
export function useUser(): SignedInUser {
  const user = useSession()?.user;
  if (!user) throw new Error("There is no signed-in user here.");
  return user;
}

export function useMay(): (permission: Permission) => boolean {
  const permissions: readonly string[] = useSession()?.user?.permissions ?? [];
  return (permission) => permissions.includes(permission);
}

type Listener = () => void;
const listeners = { ended: new Set<Listener>(), stepUp: new Set<() => Promise<boolean>>() };

/** Calls back when the server says that nobody is signed in any more. */
export function onSessionEnded(listener: Listener): () => void {
  listeners.ended.add(listener);
  return () => listeners.ended.delete(listener);
}

/** The shell offers the dialog that asks for password and code here. */
export function offerStepUp(ask: () => Promise<boolean>): () => void {
  listeners.stepUp.add(ask);
  return () => listeners.stepUp.delete(ask);
}

let stepUpUnderWay: Promise<boolean> | null = null;

connectCredentials({
  csrfToken: () => currentSession()?.csrfToken ?? null,
  renew: async () => {
    await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
  },
  stepUp: async () => {
    const [ask] = listeners.stepUp;
    // Several refused calls share one dialog.
    stepUpUnderWay ??= (ask?.() ?? Promise.resolve(false)).finally(() => {
      stepUpUnderWay = null;
    });
    return stepUpUnderWay;
  },
  ended: () => {
    for (const listener of listeners.ended) listener();
  },
});
