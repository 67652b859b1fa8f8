import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { needs, rootRoute, shellRoute } from "../app/root";
import { sessionQuery } from "../app/session";
import { pageOfStep, safeNext } from "../app/steps";

function search(given: Record<string, unknown>): { next?: string } {
  const next = safeNext(given.next);
  return next === "/" ? {} : { next };
}

const authRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "auth",
  validateSearch: search,
  component: lazyRouteComponent(() => import("./AuthFrame"), "AuthFrame"),
});

/** A page of the sign-in flow sends the reader on when the flow is elsewhere. */
const stepRoute = createRoute({
  getParentRoute: () => authRoute,
  id: "step",
  beforeLoad: async ({ context, location, search: { next } }) => {
    const page = pageOfStep(await context.queryClient.ensureQueryData(sessionQuery));
    if (page === null) throw redirect({ href: next ?? "/" });
    if (page !== location.pathname) throw redirect({ to: page, search: next ? { next } : {} });
  },
});

const loginRoute = createRoute({
  getParentRoute: () => stepRoute,
  path: "/login",
  component: lazyRouteComponent(() => import("./LoginPage"), "LoginPage"),
});
const codeRoute = createRoute({
  getParentRoute: () => stepRoute,
  path: "/login/code",
  component: lazyRouteComponent(() => import("./CodePage"), "CodePage"),
});

// Pages that a link leads to are open whatever the session says.
const setUpRoute = createRoute({
  getParentRoute: () => authRoute,
  path: "/set-up",
  component: lazyRouteComponent(() => import("./SetUpPage"), "SetUpPage"),
});
const invitationRoute = createRoute({
  getParentRoute: () => authRoute,
  path: "/invitation",
  component: lazyRouteComponent(() => import("./InvitationPage"), "InvitationPage"),
});
const enrolRoute = createRoute({
  getParentRoute: () => authRoute,
  path: "/enrol",
  component: lazyRouteComponent(() => import("./EnrolPage"), "EnrolPage"),
});
const forgotRoute = createRoute({
  getParentRoute: () => authRoute,
  path: "/forgot-password",
  component: lazyRouteComponent(() => import("./ForgotPasswordPage"), "ForgotPasswordPage"),
});
const resetRoute = createRoute({
  getParentRoute: () => authRoute,
  path: "/reset-password",
  component: lazyRouteComponent(() => import("./ResetPasswordPage"), "ResetPasswordPage"),
});
const confirmEmailRoute = createRoute({
  getParentRoute: () => authRoute,
  path: "/confirm-email",
  component: lazyRouteComponent(() => import("./ConfirmEmailPage"), "ConfirmEmailPage"),
});

export const authRoutes = [
  authRoute.addChildren([
    stepRoute.addChildren([loginRoute, codeRoute]),
    setUpRoute,
    invitationRoute,
    enrolRoute,
    forgotRoute,
    resetRoute,
    confirmEmailRoute,
  ]),
];

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/SettingsFrame"), "SettingsFrame"),
});
const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/profile" });
  },
});
const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/profile",
  component: lazyRouteComponent(() => import("./settings/ProfilePage"), "ProfilePage"),
});
const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/security",
  component: lazyRouteComponent(() => import("./settings/SecurityPage"), "SecurityPage"),
});
const appearanceRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/appearance",
  component: lazyRouteComponent(() => import("./settings/AppearancePage"), "AppearancePage"),
});
const tokensRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/tokens",
  component: lazyRouteComponent(() => import("./settings/TokensPage"), "TokensPage"),
});
const usersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/users",
  validateSearch: (given: Record<string, unknown>): { search?: string; page?: number } => ({
    ...(typeof given.search === "string" && given.search ? { search: given.search } : {}),
    ...(typeof given.page === "number" && given.page > 1 ? { page: Math.floor(given.page) } : {}),
  }),
  beforeLoad: needs("users.manage"),
  component: lazyRouteComponent(() => import("./settings/UsersPage"), "UsersPage"),
});
const signInPolicyRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/sign-in",
  beforeLoad: needs("users.manage"),
  component: lazyRouteComponent(() => import("./settings/SignInPolicyPage"), "SignInPolicyPage"),
});
const languageModelRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/language-model",
  beforeLoad: needs("users.manage"),
  component: lazyRouteComponent(() => import("./settings/LanguageModelPage"), "LanguageModelPage"),
});
const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/audit",
  validateSearch: (given: Record<string, unknown>): { action?: string } =>
    typeof given.action === "string" && given.action ? { action: given.action } : {},
  beforeLoad: needs("audit.read"),
  component: lazyRouteComponent(() => import("./settings/AuditPage"), "AuditPage"),
});

export const settingsRoutes = [
  settingsRoute.addChildren([
    settingsIndexRoute,
    profileRoute,
    securityRoute,
    appearanceRoute,
    tokensRoute,
    usersRoute,
    signInPolicyRoute,
    languageModelRoute,
    auditRoute,
  ]),
];
