/** What is being put into a slot, between the way the server writes it and the fields that show it. */
import type { Schemas } from "../app/api";

type Slot = Extract<Schemas["Sentence"]["segments"][number], { type: "slot" }>;
type Accepts = NonNullable<Slot["accepts"]>;

export type Draft =
  | { accepts: "days" | "hours"; first: string; last: string }
  /** Numbers from 1 on: Monday, January. */
  | { accepts: "weekdays" | "months"; chosen: number[] }
  | { accepts: "number"; text: string }
  /** One value on each line. */
  | { accepts: "values"; text: string; areNumbers: boolean };

const COUNTS = { weekdays: 7, months: 12 };
const VALUES = "values:";

/** What stands in a slot as its fields show it; empty where it cannot be written. */
export function draftOf(accepts: Accepts, typed: string | null): Draft {
  const text = typed ?? "";
  switch (accepts) {
    case "days": {
      const [, first = "", last = ""] = text.split(":");
      return { accepts, first, last };
    }
    case "hours": {
      const [first = "", last = ""] = text.split("-");
      return { accepts, first, last };
    }
    case "weekdays":
    case "months":
      return { accepts, chosen: text.split(",").filter(Boolean).map(Number) };
    case "number":
      return { accepts, text };
    case "values": {
      const values: unknown = text ? JSON.parse(text.slice(VALUES.length)) : [];
      const list = Array.isArray(values) ? values : [];
      const areNumbers = list.length > 0 && list.every((each) => typeof each === "number");
      return { accepts, text: list.join("\n"), areNumbers };
    }
  }
}

/** The option to choose for it; null where it says nothing that could be chosen. */
export function optionOf(draft: Draft): string | null {
  switch (draft.accepts) {
    case "days":
      return draft.first && draft.last && draft.first <= draft.last ? `days:${draft.first}:${draft.last}` : null;
    case "hours":
      return draft.first && draft.last && draft.first !== draft.last ? `${draft.first}-${draft.last}` : null;
    case "weekdays":
    case "months":
      if (draft.chosen.length === 0) return null;
      return draft.chosen.length === COUNTS[draft.accepts] ? "all" : inTurn(draft.chosen).join(",");
    case "number":
      return draft.text.trim() && Number.isFinite(Number(draft.text)) ? draft.text.trim() : null;
    case "values": {
      const lines = [...new Set(draft.text.split("\n").map((line) => line.trim()))].filter(Boolean);
      const values = draft.areNumbers ? lines.map(Number) : lines;
      const isRight = values.length > 0 && values.every((each) => !Number.isNaN(each));
      return isRight ? `${VALUES}${JSON.stringify(values)}` : null;
    }
  }
}

function inTurn(numbers: number[]): number[] {
  return numbers.toSorted((one, other) => one - other);
}
