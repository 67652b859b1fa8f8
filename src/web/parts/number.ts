/** Numbers as they are shown: the locale's separators, a true minus, thin spaces, one unit a column. */

export const MISSING = "–";
export const THIN = "\u202F";
const MINUS = "\u2212";

type Value = number | null | undefined;

export interface Digits {
  /** Exactly so many after the separator. */
  fixed?: number;
  /** At most so many after the separator. */
  most?: number;
  /** So many that carry meaning; digits before the separator are never rounded away. */
  significant?: number;
  /** Shows a plus before what is above zero. */
  isSigned?: boolean;
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, options);
    formats.set(key, found);
  }
  return found;
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** A number written as text with all its digits; what is none, or has more than 20 decimals, as it stands. */
export function exactText(written: string, locale: string): string {
  // Text does not become a double on its way.
  return isDecimal(written) ? formatOf(locale, { maximumFractionDigits: 20 }).format(written).replace("-", MINUS) : written;
}

/** Some browsers format no more than 20 decimals. */
function isDecimal(written: string): written is `${number}` {
  return /^-?\d+(\.\d{1,20})?$/u.test(written);
}

/** Digits after the separator that leave `significant` meaningful ones in a number of this size. */
function fractionFor(value: number, significant: number): number {
  if (value === 0) return 0;
  const before = Math.floor(Math.log10(Math.abs(value))) + 1;
  return Math.min(Math.max(significant - before, 0), 12);
}

/** A number alone; what is missing is an en dash, zero is 0. */
export function numberText(value: Value, locale: string, digits: Digits = {}): string {
  if (!isNumber(value)) return MISSING;
  const { fixed, most = 3, significant, isSigned = false } = digits;
  const options: Intl.NumberFormatOptions =
    fixed !== undefined
      ? { minimumFractionDigits: fixed, maximumFractionDigits: fixed }
      : significant !== undefined
        ? { minimumFractionDigits: 0, maximumFractionDigits: fractionFor(value, significant) }
        : { maximumFractionDigits: most };
  const text = formatOf(locale, { ...options, signDisplay: isSigned ? "exceptZero" : "negative" }).format(value);
  return text.replace(/[-\u2212]/u, MINUS);
}

/** Units that step by a thousand, smallest first. */
const LADDERS: readonly (readonly string[])[] = [
  ["Wh", "kWh", "MWh", "GWh", "TWh"],
  ["W", "kW", "MW", "GW"],
  ["VA", "kVA", "MVA"],
  ["var", "kvar", "Mvar"],
];
const MONEY = /^(k|M)?(€|£|\$|¥|CHF|EUR|USD|GBP)$/u;
const MONEY_STEPS = ["", "k", "M"];

export interface Scale {
  unit: string | null;
  /** Multiply a stored number by this to show it in `unit`. */
  factor: number;
}

/** The unit for a whole column or axis, chosen by its largest magnitude. */
export function scaleFor(unit: string | null | undefined, largest: number): Scale {
  const given = unit ?? null;
  if (given === null || !isNumber(largest) || largest === 0) return { unit: given, factor: 1 };
  const size = Math.abs(largest);
  const money = MONEY.exec(given);
  if (money && money[1] === undefined) {
    // Whole money stays readable up to a hundred thousand.
    const step = size >= 1e6 ? 2 : size >= 1e5 ? 1 : 0;
    return { unit: `${MONEY_STEPS[step]}${given}`, factor: 1000 ** -step };
  }
  const ladder = LADDERS.find((steps) => steps.includes(given));
  if (!ladder) return { unit: given, factor: 1 };
  const from = ladder.indexOf(given);
  const climb = Math.floor(Math.log10(size) / 3 + 1e-12);
  const to = Math.min(Math.max(from + climb, 0), ladder.length - 1);
  return { unit: ladder[to] ?? given, factor: 1000 ** (from - to) };
}

export function largestOf(values: Iterable<unknown>): number {
  let largest = 0;
  for (const value of values) if (isNumber(value)) largest = Math.max(largest, Math.abs(value));
  return largest;
}

const DECIMALS: readonly [RegExp, number][] = [
  [/^(€|£|\$|ct|c|p)\/k?M?Wh$/u, 2],
  [/^(MW|GW|MVA|Mvar)$/u, 2],
  [/^(k?W|k?VA|k?var)$/u, 0],
  [/Wh$/u, 1],
  [/^(%|pp)$/u, 1],
  [/^°[CF]$/u, 1],
  [/^(k|M)?(€|£|\$|EUR|USD|GBP|CHF)$/u, 2],
  [/^(V|kV|A|Hz)$/u, 1],
];

/** Decimals of a whole column: by its unit where that has a rule, else as many as the numbers need, at most three. */
export function decimalsFor(unit: string | null, values: Iterable<unknown>): number {
  const rule = unit === null ? undefined : DECIMALS.find(([pattern]) => pattern.test(unit));
  const numbers: number[] = [];
  for (const value of values) if (isNumber(value)) numbers.push(value);
  if (rule) {
    const [, decimals] = rule;
    const largest = largestOf(numbers);
    // Small values would all read 0: show them with the digits they need.
    return largest > 0 && largest < 0.5 * 10 ** -decimals ? fractionFor(largest, 2) : decimals;
  }
  for (const decimals of [0, 1, 2]) {
    if (numbers.every((value) => Math.abs(value - Number(value.toFixed(decimals))) < 1e-9)) return decimals;
  }
  return 3;
}

const SYMBOL_FIRST = /^(€|£|\$|¥)$/u;

/** Puts a number and its unit together: "€412", "90.7 %", "322 MWh". */
export function withUnit(number: string, unit: string | null | undefined): string {
  if (number === MISSING || !unit) return number;
  if (SYMBOL_FIRST.test(unit)) {
    return /^[+\u2212]/u.test(number) ? `${number[0]}${unit}${number.slice(1)}` : `${unit}${number}`;
  }
  return `${number}${THIN}${unit}`;
}

export interface Quantity {
  number: string;
  unit: string | null;
  /** The unit stands before the number, as currency symbols do. */
  isUnitFirst: boolean;
  text: string;
}

/** One number with its unit, scaled for itself, with three significant digits as headlines have. */
export function quantity(value: Value, unit: string | null | undefined, locale: string, digits?: Digits): Quantity {
  const scale = scaleFor(unit, isNumber(value) ? value : 0);
  const shown = isNumber(value) ? value * scale.factor : value;
  const isMoney = scale.unit !== null && SYMBOL_FIRST.test(scale.unit);
  const money: Digits = isNumber(shown) && Math.abs(shown) < 100 ? { fixed: 2 } : { fixed: 0 };
  const number = numberText(shown, locale, digits ?? (isMoney ? money : { significant: 3 }));
  return { number, unit: scale.unit, isUnitFirst: isMoney, text: withUnit(number, scale.unit) };
}

/** A share of a temperature means nothing: its zero is a convention. */
const TEMPERATURES = new Set(["°C", "°F", "K"]);

/** How a value differs from an earlier one: in percent, in points of percentages, in degrees of temperatures. */
export function deltaText(value: Value, before: Value, unit: string | null | undefined, locale: string): string {
  if (!isNumber(value) || !isNumber(before)) return MISSING;
  if (unit === "%") return withUnit(numberText(value - before, locale, { fixed: 1, isSigned: true }), "pp");
  if (unit && TEMPERATURES.has(unit)) {
    return withUnit(numberText(value - before, locale, { fixed: 1, isSigned: true }), unit);
  }
  if (before === 0) return MISSING;
  const percent = ((value - before) / Math.abs(before)) * 100;
  return withUnit(numberText(percent, locale, { fixed: 1, isSigned: true }), "%");
}

/** Whole things: "1,204 rows", "1 row". */
export function countText(count: number, one: string, many: string, locale: string): string {
  return `${numberText(count, locale, { fixed: 0 })} ${count === 1 ? one : many}`;
}

const BYTES = ["B", "kB", "MB", "GB", "TB"];

export function bytesText(bytes: number, locale: string): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), BYTES.length - 1);
  return withUnit(numberText(bytes / 1000 ** step, locale, { significant: 3 }), BYTES[step]);
}
