import type { SessionState } from "./session";

/** The page that the sign-in flow is at; nothing when somebody is signed in. */
export function pageOfStep({ step, secondStep }: Pick<SessionState, "step" | "secondStep">) {
  switch (step) {
    case "set_up":
      return "/set-up";
    case "password":
      return "/login";
    case "second_step":
      // A step-up happens in a dialog over the page that needs it.
      return secondStep?.purpose === "step_up" ? null : "/login/code";
    case "enrol":
      return "/enrol";
    case "signed_in":
      return null;
  }
}

const SIGN_IN_PAGES =
  /^\/(login|set-up|enrol|invitation|reset-password|forgot-password|confirm-email)(\/|$)/u;

/** Where to go after signing in: only ever a path of this application. */
export function safeNext(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/") || next.startsWith("//") || next.includes("\\")) return "/";
  const [path = "/"] = next.split(/[?#]/u);
  return SIGN_IN_PAGES.test(path) ? "/" : next;
}
