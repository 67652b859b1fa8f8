/** A made-up summer day of a site with sun, wind and a battery, for the picture beside the sign-in form; MW every 15 minutes. */

export const STEPS = 97;

export type Carrier = "gas" | "wind" | "solar" | "battery" | "grid";

export interface SampleDay {
  /** Bottom up. */
  supply: { carrier: Carrier; label: string; values: number[] }[];
  /** Drawn below zero. */
  use: { carrier: Carrier; label: string; values: number[] }[];
  load: number[];
}

/** The same small wobble on every visit. */
function wobble(step: number, seed: number): number {
  return 0.55 * Math.sin(step * 0.9 + seed) + 0.3 * Math.sin(step * 2.3 + seed * 3) + 0.25 * Math.sin(step * 5.1 + seed * 7);
}

const bump = (hour: number, middle: number, width: number) => Math.exp(-(((hour - middle) / width) ** 2));

export function sampleDay(): SampleDay {
  const hours = Array.from({ length: STEPS }, (_, step) => step / 4);
  const load = hours.map(
    (hour, step) => 1.42 + 1.75 * bump(hour, 11.3, 3.1) + 0.62 * bump(hour, 17.6, 2.6) + 0.05 * wobble(step, 1),
  );
  const gas = hours.map((hour) => (hour >= 6 && hour < 22 ? 0.42 : 0.21));
  const wind = hours.map((hour, step) => 0.14 + 0.3 * bump(hour, 2.5, 5) + 0.1 * bump(hour, 21, 2) + 0.02 * wobble(step, 4));
  const solar = hours.map((hour, step) =>
    hour < 5.2 || hour > 21
      ? 0
      : Math.max(0, 3.05 * Math.sin(((hour - 5.2) / 15.8) * Math.PI) ** 2.1 * (1 + 0.035 * wobble(step, 2))),
  );
  const battery = hours.map((hour, step) =>
    hour >= 4.9 && hour < 6.6 ? 0.95 - 0.4 * (hour - 4.9) : hour >= 18.2 && hour < 23 ? 0.35 + 0.12 * (hour - 18.2) + 0.02 * wobble(step, 3) : 0,
  );
  const made = hours.map((_, step) => (gas[step] ?? 0) + (wind[step] ?? 0) + (solar[step] ?? 0) + (battery[step] ?? 0));
  const gap = made.map((total, step) => (load[step] ?? 0) - total);
  const surplus = gap.map((each) => Math.max(0, -each));
  const charging = surplus.map((each) => Math.min(each, 0.95));
  return {
    supply: [
      { carrier: "gas", label: "Gas CHP", values: gas },
      { carrier: "wind", label: "Wind", values: wind },
      { carrier: "solar", label: "Solar", values: solar },
      { carrier: "battery", label: "Battery out", values: battery },
      { carrier: "grid", label: "Grid import", values: gap.map((each) => Math.max(0, each)) },
    ],
    use: [
      { carrier: "battery", label: "Charging", values: charging },
      { carrier: "grid", label: "Grid export", values: surplus.map((each, step) => each - (charging[step] ?? 0)) },
    ],
    load,
  };
}
