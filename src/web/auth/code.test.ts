import { expect, test } from "vitest";
import { inGroups, isComplete, readCode } from "./code";

test("a pasted code loses spaces, dashes and words around it", () => {
  expect(readCode(" 409 712 ", "totp")).toBe("409712");
  expect(readCode("Your code: 1234-5678.", "email")).toBe("12345678");
  expect(readCode("1234567890", "totp")).toBe("123456");
});

test("a recovery code keeps letters and digits, in capitals", () => {
  const typed = readCode("abcdef-234567 abcdef-234567", "recovery");
  expect(typed).toBe("ABCDEF234567ABCDEF234567");
  expect(isComplete(typed, "recovery")).toBe(true);
  expect(inGroups(typed)).toBe("ABCDEF-234567-ABCDEF-234567");
});

test("a code is complete at its last digit and not before", () => {
  expect([isComplete("12345", "totp"), isComplete("123456", "totp"), isComplete("123456", "email")]).toEqual([
    false,
    true,
    false,
  ]);
});
