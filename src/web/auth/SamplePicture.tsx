import { type Carrier, STEPS, sampleDay } from "./sample";
import css from "./SamplePicture.module.css";

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 34;
const RIGHT = 548;
const ZERO = 192.6;
const PER_MW = 39.67;
const TICKS = [-2, -1, 0, 1, 2, 3, 4];
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];

const x = (step: number) => LEFT + ((RIGHT - LEFT) * step) / (STEPS - 1);
const y = (mw: number) => ZERO - mw * PER_MW;
const point = (step: number, mw: number) => `${x(step).toFixed(1)},${y(mw).toFixed(1)}`;

function band(lower: readonly number[], upper: readonly number[]): string {
  const there = upper.map((mw, step) => point(step, mw));
  const back = lower.map((mw, step) => point(step, mw)).toReversed();
  return `M${[...there, ...back].join("L")}Z`;
}

function stacked(series: { carrier: Carrier; values: number[] }[], sign: 1 | -1) {
  let base: number[] = Array.from({ length: STEPS }, () => 0);
  return series.map(({ carrier, values }) => {
    const lower = base;
    base = lower.map((from, step) => from + sign * (values[step] ?? 0));
    return { carrier, path: band(lower, base) };
  });
}

const day = sampleDay();
const above = stacked(day.supply, 1);
const below = stacked(day.use, -1);
const load = `M${day.load.map((mw, step) => point(step, mw)).join("L")}`;
const fill = (carrier: Carrier) => `var(--e-${carrier}-fill)`;

/** A fixed sample; nothing of the installation is shown before signing in. */
export function SamplePicture() {
  return (
    <svg className={css.picture} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <defs>
        <pattern id="sample-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="5" stroke="var(--surface)" strokeWidth="1.6" opacity=".55" />
        </pattern>
      </defs>
      {TICKS.map((mw) => (
        <g key={mw}>
          <line x1={LEFT} x2={RIGHT} y1={y(mw)} y2={y(mw)} stroke={mw === 0 ? "var(--control)" : "var(--line)"} />
          <text x={LEFT - 8} y={y(mw) + 3.6} textAnchor="end">
            {mw < 0 ? `−${-mw}` : mw}
          </text>
        </g>
      ))}
      <text x={LEFT - 8} y={y(4) - 10} textAnchor="end">
        MW
      </text>
      {[...above, ...below].map(({ carrier, path }) => (
        <path key={path} d={path} fill={fill(carrier)} stroke="var(--surface)" strokeWidth=".9" />
      ))}
      {below.map(({ path }) => (
        <path key={path} d={path} fill="url(#sample-hatch)" />
      ))}
      <path d={load} fill="none" stroke="var(--surface)" strokeWidth="4.2" opacity=".75" />
      <path d={load} fill="none" stroke="var(--e-load)" strokeWidth="1.9" strokeLinejoin="round" />
      {HOURS.map((hour) => (
        <text key={hour} x={x(hour * 4)} y={HEIGHT - 7} textAnchor="middle">
          {String(hour).padStart(2, "0")}:00
        </text>
      ))}
      <text className={css.key} x="558" y="28" fill="var(--e-load)">
        Load
      </text>
      <line x1="590" x2="606" y1="24" y2="24" stroke="var(--e-load)" strokeWidth="1.9" />
      {day.supply.toReversed().map(({ carrier, label }, index) => (
        <Key key={label} carrier={carrier} label={label} top={40 + 19 * index} />
      ))}
      {day.use.map(({ carrier, label }, index) => (
        <Key key={label} carrier={carrier} label={label} top={ZERO + 6 + 19 * index} isHatched />
      ))}
    </svg>
  );
}

function Key({ carrier, label, top, isHatched }: { carrier: Carrier; label: string; top: number; isHatched?: boolean }) {
  return (
    <>
      <rect x="558" y={top} width="9" height="9" rx="2" fill={fill(carrier)} stroke={carrier === "solar" ? "var(--e-solar-line)" : "none"} />
      {isHatched && <rect x="558" y={top} width="9" height="9" rx="2" fill="url(#sample-hatch)" />}
      <text className={css.key} x="572" y={top + 8} fill={`var(--e-${carrier}-text)`}>
        {label}
      </text>
    </>
  );
}
