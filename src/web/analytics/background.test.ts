import { describe, expect, it } from "vitest";
import { isUnderWay, noticeOf, type Progress, placeText } from "./background";

const progress = (state: Progress["state"], more: Partial<Progress> = {}): Progress => ({
  queryId: "0198f1c0-0000-7000-8000-000000000001",
  state,
  position: null,
  error: null,
  ...more,
});

describe("a query in the background", () => {
  it("is under way while it waits or runs", () => {
    expect(isUnderWay(progress("waiting", { position: 2 }))).toBe(true);
    expect(isUnderWay(progress("running"))).toBe(true);
    expect(isUnderWay(progress("succeeded"))).toBe(false);
    expect(isUnderWay(progress("unknown"))).toBe(false);
  });

  it("tells its place in the queue", () => {
    expect(placeText(1)).toBe("Waiting: next in the queue");
    expect(placeText(3)).toBe("Waiting: number 3 in the queue");
    expect(placeText(null)).toBeNull();
  });

  it("says how it ended, except to who stopped it", () => {
    expect(noticeOf(progress("succeeded"))).toBe("Your query is done.");
    expect(noticeOf(progress("failed", { error: "No such column." }))).toBe("Your query failed. No such column.");
    expect(noticeOf(progress("stopped"))).toBeNull();
  });
});
