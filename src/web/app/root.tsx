import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { ProblemError } from "./problem";
import { type Permission, currentSession, sessionQuery } from "./session";
import { pageOfStep } from "./steps";

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()();

/** Everything behind sign-in: rail, top bar, and the page in the middle. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    const page = pageOfStep(session);
    if (page) throw redirect({ to: page, search: location.pathname === "/" ? {} : { next: location.href } });
  },
  component: lazyRouteComponent(() => import("./shell/Shell"), "Shell"),
});

/** For a route's `beforeLoad`: without the permission the page says so, and whom to ask. */
export function needs(permission: Permission): () => void {
  return () => {
    if (currentSession()?.user?.permissions.includes(permission)) return;
    throw new ProblemError({
      kind: "refused",
      title: "You cannot see this page",
      status: 403,
      detail: "Your role does not include it. Ask an administrator of Gridlens for access.",
    });
  };
}
