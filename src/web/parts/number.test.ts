import { describe, expect, test } from "vitest";
import { bytesText, decimalsFor, deltaText, largestOf, numberText, quantity, scaleFor, withUnit } from "./number";

const EN = "en-GB";
const DE = "de-DE";

describe("numbers", () => {
  test("carry a true minus and the locale's separators", () => {
    expect(numberText(-1234.5, EN)).toBe("\u22121,234.5");
    expect(numberText(-1234.5, DE)).toBe("\u22121.234,5");
  });

  test("are an en dash when missing and 0 when zero", () => {
    expect([null, undefined, Number.NaN, Number.POSITIVE_INFINITY].map((value) => numberText(value, EN))).toEqual([
      "–",
      "–",
      "–",
      "–",
    ]);
    expect(numberText(0, EN)).toBe("0");
    expect(numberText(-0, EN, { fixed: 1 })).toBe("0.0");
    expect(numberText(-0.01, EN, { fixed: 1 })).toBe("0.0");
  });

  test("show a plus only above zero when signed", () => {
    expect([3, 0, -3].map((value) => numberText(value, EN, { fixed: 0, isSigned: true }))).toEqual(["+3", "0", "\u22123"]);
  });

  test("keep every digit before the separator when rounded to three that matter", () => {
    expect([322.71, 8914, 3.264, 0.012345].map((value) => numberText(value, EN, { significant: 3 }))).toEqual([
      "323",
      "8,914",
      "3.26",
      "0.0123",
    ]);
  });
});

describe("scales", () => {
  test("climb and descend by thousands", () => {
    expect(scaleFor("kWh", 999)).toEqual({ unit: "kWh", factor: 1 });
    expect(scaleFor("kWh", 1000)).toEqual({ unit: "MWh", factor: 0.001 });
    expect(scaleFor("kWh", -84_200_000)).toEqual({ unit: "GWh", factor: 1e-6 });
    expect(scaleFor("kW", 0.2)).toEqual({ unit: "W", factor: 1000 });
  });

  test("leave prices, unknown units and empty columns alone", () => {
    expect(scaleFor("€/MWh", 12_000)).toEqual({ unit: "€/MWh", factor: 1 });
    expect(scaleFor("furlong", 12_000)).toEqual({ unit: "furlong", factor: 1 });
    expect(scaleFor("kWh", 0)).toEqual({ unit: "kWh", factor: 1 });
    expect(scaleFor(null, 5)).toEqual({ unit: null, factor: 1 });
  });

  test("write large money in thousands and millions", () => {
    expect(scaleFor("€", 99_000).unit).toBe("€");
    expect(scaleFor("€", 250_000)).toEqual({ unit: "k€", factor: 0.001 });
    expect(scaleFor("€", 2_500_000).unit).toBe("M€");
  });

  test("come from the largest magnitude of what is a number", () => {
    expect(largestOf([1, -7, null, "12", Number.NaN, 3])).toBe(7);
  });
});

describe("decimals of a column", () => {
  test("follow the unit", () => {
    expect(["€/MWh", "MW", "kW", "%", "MWh", "ct/kWh"].map((unit) => decimalsFor(unit, [12.345]))).toEqual([
      2, 2, 0, 1, 1, 2,
    ]);
  });

  test("grow when every value would read zero", () => {
    expect(decimalsFor("kWh", [0.0123, 0.004])).toBe(3);
  });

  test("follow the values where the unit has no rule", () => {
    expect(decimalsFor(null, [1, 2, 3])).toBe(0);
    expect(decimalsFor(null, [1, 2.5])).toBe(1);
    expect(decimalsFor(null, [1 / 3])).toBe(3);
  });
});

describe("quantities", () => {
  test("scale themselves and keep the unit beside the number", () => {
    expect(quantity(322_710, "kWh", EN)).toMatchObject({ number: "323", unit: "MWh", text: "323\u202FMWh" });
    expect(quantity(90.72, "%", EN).text).toBe("90.7\u202F%");
    expect(quantity(null, "kWh", EN).text).toBe("–");
  });

  test("put a currency symbol first, after the sign", () => {
    expect(quantity(8914.2, "€", EN).text).toBe("€8,914");
    expect(quantity(-3.2, "€", EN).text).toBe("\u2212€3.20");
    expect(withUnit("+412", "€")).toBe("+€412");
  });

  test("differ in percent, and percentages in points", () => {
    expect(deltaText(102.1, 100, "MWh", EN)).toBe("+2.1\u202F%");
    expect(deltaText(90.7, 86, "%", EN)).toBe("+4.7\u202Fpp");
    expect(deltaText(-2, -4, "°C", EN)).toBe("+2.0\u202F°C");
    expect(deltaText(-50, -100, "€", EN)).toBe("+50.0\u202F%");
    expect(deltaText(1, 0, "MWh", EN)).toBe("–");
  });

  test("of bytes step by thousands", () => {
    expect([0, 999, 212_000, 1_000_000_000].map((bytes) => bytesText(bytes, EN))).toEqual([
      "0\u202FB",
      "999\u202FB",
      "212\u202FkB",
      "1\u202FGB",
    ]);
  });
});
