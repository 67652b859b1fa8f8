import { CancelledError, QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./problem";

/** Asking again helps when the server was away, never when it understood and refused. */
function mayHelp(failures: number, error: Error): boolean {
  const isAway = error instanceof ProblemError && (error.status === 0 || error.status >= 502);
  return isAway && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: mayHelp, staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

// Logging out takes away what is still being asked for, and who waited for it is gone: that is no error of the page.
globalThis.window?.addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof CancelledError) event.preventDefault();
});
