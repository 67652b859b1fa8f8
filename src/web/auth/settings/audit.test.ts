import { expect, test } from "vitest";
import { actionText, detailText, subjectText } from "./audit";

test("an action reads as words", () => {
  expect(["auth.code_refused", "signed_in"].map(actionText)).toEqual(["Code refused", "Signed in"]);
});

test("details leave out what is empty or nested, and write instants as days", () => {
  const reading = { locale: "en-GB", zone: "Europe/Berlin" };
  const detail = { method: "totp", attempts_left: 4, note: "", why: null, more: {}, until: "2027-02-19T23:30:34.05+00:00" };
  expect(detailText(detail, reading)).toBe("method totp, attempts left 4, until 20 Feb 2027");
});

test("an id is left out of what is read", () => {
  const id = "01a1fd6a-fa31-74f0-a6a7-c14e2a4ac04a";
  expect([id, `question:${id}`, "Nightly export"].map(subjectText)).toEqual(["", "question", "Nightly export"]);
});
