import { expect, test } from "vitest";
import { ProblemError } from "../app/problem";
import { fieldError, formError } from "./fields";

const refused = new ProblemError({
  kind: "invalid",
  title: "The request is not valid",
  status: 400,
  detail: "Correct the named fields and send again.",
  fields: { email: "not an address", zone: "unknown" },
});

test("a reason stands at its field, and the form is silent when all of them do", () => {
  expect(fieldError(refused, "email")).toBe("not an address");
  expect(fieldError(refused, "name")).toBeUndefined();
  expect(formError(refused, ["email", "zone", "name"])).toBeUndefined();
});

test("a reason without a field on the page is said above the form", () => {
  expect(formError(refused, ["email"])).toBe("Correct the named fields and send again. zone: unknown");
  expect(formError(null)).toBeUndefined();
});
