import { useMemo, useState } from "react";
import { type Span, windowOf } from "../parts/ribbon";
import { TimeRibbon } from "../parts/TimeRibbon";
import { useCourse } from "./calls";
import { chosenSpan, spanOf } from "./period";
import type { Scope, ScopeChoice, TimeChoice } from "./types";

interface RibbonProps {
  dashboardId: string;
  /** What was loaded last. */
  loaded: NonNullable<Scope["timeRange"]>;
  /** What stands in the address; it moves the brush at once, while the data is on its way. */
  chosen: TimeChoice | null;
  filters: ScopeChoice["filters"];
  onChange: (choice: TimeChoice) => void;
}

const NOTHING: readonly (number | null)[] = [];

/** The days around the range with what the dashboard's first chart shows of them. */
export function Ribbon({ dashboardId, loaded, chosen, filters, onChange }: RibbonProps) {
  const { start, end, zone } = loaded;
  const range = useMemo(
    () => (chosen && spanOf(chosen, zone)) ?? { start: new Date(start), end: new Date(end) },
    [chosen, start, end, zone],
  );
  const [before, setBefore] = useState<Span | null>(null);
  const days = windowOf(range, zone, before);
  if (days !== before) setBefore(days);
  const course = useCourse(dashboardId, days, filters);
  // A dashboard without times has nothing to choose a time on.
  if (course.data === null) return null;
  return (
    <TimeRibbon
      days={days}
      range={range}
      zone={zone}
      values={course.data?.values ?? NOTHING}
      label={course.data?.label ?? "the data"}
      onChange={(next) => onChange(chosenSpan(next.start, next.end, zone))}
    />
  );
}
