import css from "./Skeleton.module.css";

interface SkeletonProps {
  /** The shape of what is coming. */
  shape?: "bars" | "rows" | "text" | "value";
  /** What is being waited for, for readers who cannot see it. */
  label?: string;
}

const named = (sizes: number[]) => sizes.map((size, index): [string, number] => [`${index}`, size]);
const BARS = named([85, 85, 28, 30, 78, 71, 67, 44, 62, 63, 61, 35, 51, 49, 71, 89, 85, 60, 53, 41, 27, 26]);
const LINES = {
  rows: named([100, 100, 100, 100, 100]),
  text: named([92, 100, 64]),
  value: named([38, 62]),
};

/** Holds the place of what is loading; it appears after 200 ms, so that quick answers do not flicker. */
export function Skeleton({ shape = "text", label = "Loading" }: SkeletonProps) {
  return (
    <div className={css.skeleton} data-shape={shape} role="status">
      <span className={css.label}>{label}</span>
      {shape === "bars"
        ? BARS.map(([name, height]) => <i key={name} style={{ backgroundSize: `100% ${height}%` }} />)
        : LINES[shape].map(([name, width]) => <i key={name} style={{ width: `${width}%` }} />)}
    </div>
  );
}

/** A thin bar over what is being loaded again; the old values stay, paler. */
export function Reloading() {
  return <div className={css.reloading} role="presentation" />;
}
