import { describe, expect, it } from "vitest";
import { keepRun, keptRun } from "./keptRuns";

function store(kept: string | null = null) {
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

describe("the statements of runs", () => {
  it("are found again by the name of the run", () => {
    const tab = store();
    keepRun("a", { sourceId: "s", sql: "SELECT 1" }, tab);
    keepRun("b", { sourceId: "s", sql: "SELECT 2" }, tab);

    expect(keptRun("a", tab)).toEqual({ sourceId: "s", sql: "SELECT 1" });
    expect(keptRun("b", tab)).toEqual({ sourceId: "s", sql: "SELECT 2" });
    expect(keptRun("c", tab)).toBeNull();
    expect(keptRun(undefined, tab)).toBeNull();
  });

  it("give way to newer ones", () => {
    const tab = store();
    for (let n = 0; n < 25; n += 1) keepRun(`${n}`, { sourceId: "s", sql: `SELECT ${n}` }, tab);

    expect(keptRun("4", tab)).toBeNull();
    expect(keptRun("5", tab)?.sql).toBe("SELECT 5");
    expect(keptRun("24", tab)?.sql).toBe("SELECT 24");
  });

  it("are none where something else is kept, or nothing can be", () => {
    expect(keptRun("a", store("{broken"))).toBeNull();
    expect(keptRun("a", store('[["a", 1, 2]]'))).toBeNull();
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error("no room");
      },
    };
    keepRun("a", { sourceId: "s", sql: "SELECT 1" }, full);
    expect(keptRun("a", full)).toBeNull();
  });
});
