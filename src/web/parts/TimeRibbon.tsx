import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import { brushed, coursePaths, isMidnight, moved, nearestDay, type Span, weekMarks } from "./ribbon";
import { spanText, wallOf } from "./time";
import { useLocale } from "./locale";
import css from "./TimeRibbon.module.css";

const WIDTH = 1000;
const HEIGHT = 34;

type Grip = "start" | "end" | "both" | "new";

interface TimeRibbonProps {
  /** The days that are shown. */
  days: Span;
  /** What is chosen of them. */
  range: Span;
  zone: string;
  /** Means of equal stretches of the days; nothing while they are on their way. */
  values: readonly (number | null)[];
  /** What the curve shows. */
  label: string;
  onChange: (range: Span) => void;
}

/** Some weeks of data with a brush for the range on it, moved by pointer or by keyboard. */
export function TimeRibbon({ days, range, zone, values, label, onChange }: TimeRibbonProps) {
  const { locale } = useLocale();
  const reading = { locale, zone };
  const box = useRef<HTMLDivElement>(null);
  const held = useRef<{ grip: Grip; from: Date; before: Span } | null>(null);
  // What was just chosen, until it comes back as the range: keys pressed meanwhile go on from there.
  const [draft, setDraft] = useState<Span | null>(null);
  const [known, setKnown] = useState(range);
  if (range.start.getTime() !== known.start.getTime() || range.end.getTime() !== known.end.getTime()) {
    setKnown(range);
    setDraft(null);
  }
  const shown = draft ?? range;
  const curve = useMemo(() => coursePaths(values, WIDTH, HEIGHT), [values]);
  const length = days.end.getTime() - days.start.getTime();
  const share = (at: Date) => Math.min(Math.max((at.getTime() - days.start.getTime()) / length, 0), 1) * 100;
  const timeAt = (event: PointerEvent) => {
    const { left, width } = box.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return new Date(days.start.getTime() + Math.min(Math.max((event.clientX - left) / width, 0), 1) * length);
  };

  const take = (grip: Grip) => (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    box.current?.setPointerCapture(event.pointerId);
    held.current = { grip, from: timeAt(event), before: shown };
  };
  const drag = (event: PointerEvent) => {
    if (!held.current) return;
    const { grip, from, before } = held.current;
    const to = timeAt(event);
    if (grip === "new") setDraft(brushed(from, to, zone));
    else if (grip === "both") setDraft(movedTo(before, to.getTime() - from.getTime(), days, zone));
    else {
      const end = nearestDay(to, zone);
      const next = grip === "start" ? { start: end, end: before.end } : { start: before.start, end };
      if (next.start < next.end) setDraft(next);
    }
  };
  const drop = () => {
    held.current = null;
    if (draft) onChange(draft);
  };
  const press = (part: "start" | "end" | "both") => (event: KeyboardEvent) => {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: -7, PageDown: 7 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    // Shift takes the end along and leaves the start, so that the range grows or shrinks.
    const next = moved(shown, part === "both" && event.shiftKey ? "end" : part, steps, zone);
    setDraft(next);
    onChange(next);
  };
  const slider = (part: "start" | "end", name: string) => {
    const at = part === "start" ? shown.start : shown.end;
    const day = part === "end" && isMidnight(at, zone) ? new Date(at.getTime() - 1) : at;
    const { year, month, day: number } = wallOf(day, zone);
    return (
      <span
        role="slider"
        tabIndex={0}
        className={css.handle}
        style={{ left: `${share(at)}%` }}
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share(at))}
        aria-valuetext={new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" }).format(
          Date.UTC(year, month - 1, number),
        )}
        onKeyDown={press(part)}
        onPointerDown={take(part)}
      />
    );
  };

  return (
    <div className={css.ribbon} role="group" aria-label={`Time range on ${label}`}>
      <div
        ref={box}
        className={css.track}
        onPointerDown={take("new")}
        onPointerMove={drag}
        onPointerUp={drop}
        onPointerCancel={() => {
          held.current = null;
          setDraft(null);
        }}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path className={css.area} d={curve.area} />
          <path className={css.line} d={curve.line} />
        </svg>
        <span
          role="slider"
          tabIndex={0}
          className={css.brush}
          style={{ left: `${share(shown.start)}%`, width: `${share(shown.end) - share(shown.start)}%` }}
          aria-label="Time range"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share(shown.start))}
          aria-valuetext={spanText(shown.start, shown.end, reading)}
          onKeyDown={press("both")}
          onPointerDown={take("both")}
        />
        {slider("start", "First day")}
        {slider("end", "Last day")}
      </div>
      <div className={css.marks} aria-hidden="true">
        {weekMarks(days, zone).map((at) => (
          <span key={at.getTime()} style={{ left: `${share(at)}%` }}>
            {new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: zone }).format(at)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** A brush moved by a length, in whole days and within the days that are shown. */
function movedTo(range: Span, by: number, days: Span, zone: string): Span {
  const start = nearestDay(new Date(range.start.getTime() + by), zone);
  const steps = Math.round((start.getTime() - range.start.getTime()) / 86_400_000);
  const next = moved(range, "both", isMidnight(range.start, zone) ? steps : Math.round(by / 3_600_000), zone);
  return next.start >= days.start && next.end <= days.end ? next : range;
}
