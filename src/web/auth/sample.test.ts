import { expect, test } from "vitest";
import { STEPS, sampleDay } from "./sample";

test("in the sample, what is supplied is what is used, at every step", () => {
  const { supply, use, load } = sampleDay();
  for (let step = 0; step < STEPS; step++) {
    const made = supply.reduce((sum, { values }) => sum + (values[step] ?? 0), 0);
    const used = use.reduce((sum, { values }) => sum + (values[step] ?? 0), load[step] ?? 0);
    expect(made).toBeCloseTo(used, 9);
    for (const { values } of [...supply, ...use]) expect(values[step]).toBeGreaterThanOrEqual(0);
  }
});
