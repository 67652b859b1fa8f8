import { describe, expect, it } from "vitest";
import { asksAlike, compact, newestDays, nextAsk, planKey, type QueryPlan, readAskSearch, withoutCommas } from "./asked";

const plan: QueryPlan = {
  measures: [
    {
      type: "aggregate",
      function: "mean",
      column: { table: "substation_load", column: "load_kw" },
      name: "average load",
      filters: [],
      isShown: false,
      atOnce: false,
    },
  ],
  dimensions: [],
  columns: [],
  filters: [],
  time: null,
  having: [],
  isDistinct: false,
  order: [],
  limit: null,
  assumed: ["range"],
};

describe("the address of a question", () => {
  it("keeps a plan that it wrote itself, without what says nothing", () => {
    const short = compact(plan);
    expect(short).toEqual({
      measures: [
        {
          type: "aggregate",
          function: "mean",
          column: { table: "substation_load", column: "load_kw" },
          name: "average load",
          isShown: false,
          atOnce: false,
        },
      ],
      isDistinct: false,
      assumed: ["range"],
    });
    expect(readAskSearch({ q: "load", source: "s", plan: short })).toEqual({ q: "load", source: "s", plan: short });
  });

  it("leaves out what is no plan", () => {
    for (const wrong of ["plan", 4, null, [], {}, { measures: "all" }, { measures: [], extra: 1 }, { dimensions: [] }]) {
      expect(readAskSearch({ q: "load", plan: wrong, after: wrong })).toEqual({ q: "load" });
    }
    const endless = { ...plan, assumed: ["x".repeat(9_000)] };
    expect(readAskSearch({ plan: endless }).plan).toBeUndefined();
    expect(compact(endless)).toBeUndefined();
  });

  it("tells plans apart by what they ask for", () => {
    expect(planKey(compact(plan))).toBe(planKey(plan));
    expect(planKey({ ...plan, assumed: [] })).not.toBe(planKey(plan));
    expect(asksAlike({ ...plan, assumed: [] }, plan)).toBe(true);
    expect(asksAlike({ ...plan, limit: 3 }, plan)).toBe(false);
    expect(asksAlike(null, plan)).toBe(false);
    expect(planKey(null)).toBe("");
  });
});

describe("the next question", () => {
  const before = { q: "average load", source: "s", after: { ...plan, limit: 9 } };

  it("goes on from the answer on screen", () => {
    expect(nextAsk("and by day?", "s", before, plan).after).toEqual(compact(plan));
  });

  it("begins anew in another source", () => {
    expect(nextAsk("and by day?", "other", before, plan).after).toBeUndefined();
  });

  it("goes on from the answer before where there was none", () => {
    expect(nextAsk("and by day?", "s", before, null).after).toEqual(before.after);
  });

  it("asked once more goes on from what it went on from", () => {
    const again = nextAsk("average load", "s", { ...before, plan }, plan);
    expect(again).toEqual({ q: "average load", source: "s", after: before.after, plan: undefined });
  });
});

describe("an empty range", () => {
  it("is changed to the days that end with the newest data", () => {
    expect(newestDays("2021-03-01", 30)).toEqual({ slot: "range", option: "days:2021-01-31:2021-03-01" });
  });
});

describe("the words between slots", () => {
  it("stand without the commas of the plain sentence, and a lone comma is nothing", () => {
    expect(withoutCommas(",")).toBe("");
    expect(withoutCommas(", by energy,")).toBe("by energy");
    expect(withoutCommas("counted from")).toBe("counted from");
  });
});
