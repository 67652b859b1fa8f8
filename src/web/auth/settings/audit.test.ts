import { expect, test } from "vitest";
import { actionText, detailText } from "./audit";

test("an action reads as words", () => {
  expect(["auth.code_refused", "signed_in"].map(actionText)).toEqual(["Code refused", "Signed in"]);
});

test("details leave out what is empty or nested", () => {
  expect(detailText({ method: "totp", attempts_left: 4, note: "", why: null, more: {} })).toBe("method totp, attempts left 4");
});
