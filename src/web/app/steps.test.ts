import { expect, test } from "vitest";
import { pageOfStep, safeNext } from "./steps";

test("every step of signing in has its page, and a step-up stays where it is", () => {
  const page = (step: Parameters<typeof pageOfStep>[0]["step"]) => pageOfStep({ step, secondStep: null });
  expect([page("set_up"), page("password"), page("second_step"), page("enrol"), page("signed_in")]).toEqual([
    "/set-up",
    "/login",
    "/login/code",
    "/enrol",
    null,
  ]);
  const stepUp = {
    purpose: "step_up" as const,
    methods: [],
    email: "a@b.example",
    attemptsLeft: 5,
    expiresAt: "2026-06-18T12:00:00Z",
    emailSentAt: null,
    emailExpiresAt: null,
    emailResendAt: null,
    mayTrustDevice: false,
  };
  expect(pageOfStep({ step: "second_step", secondStep: stepUp })).toBeNull();
});

test("signing in never leads out of the application", () => {
  const bad = ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", 7, null];
  expect(bad.map(safeNext)).toEqual(bad.map(() => "/"));
  expect(safeNext("/dashboards/7?scope=a#b")).toBe("/dashboards/7?scope=a#b");
});

test("signing in never leads back to signing in", () => {
  expect(["/login", "/login/code?x=1", "/enrol", "/reset-password#t"].map(safeNext)).toEqual(["/", "/", "/", "/"]);
  expect(safeNext("/logins-by-day")).toBe("/logins-by-day");
});
