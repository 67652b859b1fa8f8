import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { tellProblem } from "../parts/toast";
import type { DrawnChart, Page, ViewBody } from "./types";
import { rangeOf, type View } from "./view";

/** What a plot needs to be looked at more closely. */
export interface Zoom {
  view: View | null;
  /** What the whole chart shows, also while a part of it is seen. */
  whole: View | null;
  onView: (view: View | null) => void;
}

/** What a table needs to be turned to another page, in another order, of other rows. */
export interface Paging {
  /** Nothing for the rows as they came, from the first. */
  page: Page | null;
  onPage: (page: Page | null) => void;
}

/** The part of a chart that is asked for: of a time axis, or of a table. */
export interface Part {
  view: ViewBody | null;
  page: Page | null;
}

interface Detail {
  /** The chart, or the part of it that is looked at once it is here. */
  shown: DrawnChart | undefined;
  zoom: Zoom;
  paging: Paging;
  isLoading: boolean;
}

interface Looked {
  key: string;
  view: View | null;
  page: Page | null;
}

/** Fetches the part of a chart that its reader looks at, in all its points or rows. Another `key` is another chart. */
export function useDetail(
  chart: DrawnChart | undefined,
  key: string,
  draw: (part: Part, signal: AbortSignal) => Promise<DrawnChart>,
): Detail {
  const [looked, setLooked] = useState<Looked>({ key, view: null, page: null });
  const { view, page } = looked.key === key ? looked : { view: null, page: null };
  const isPart = view !== null || page !== null;
  const detail = useQuery({
    queryKey: ["charts", "detail", key, chart?.provenance.readAt, view, page],
    queryFn: async ({ signal }) => {
      try {
        return await draw({ view: view && { start: iso(view.start), end: iso(view.end) }, page }, signal);
      } catch (error) {
        if (!signal.aborted) {
          tellProblem(error);
          // What is on screen is the whole again, and nothing says otherwise.
          setLooked({ key, view: null, page: null });
        }
        throw error;
      }
    },
    enabled: chart !== undefined && isPart,
    // The page before stays until the next one is here; a part of a picture never stands in for another.
    placeholderData: (before, query) => (page && query?.queryKey[2] === key ? before : undefined),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return {
    // Until it is here, the whole chart's points show the part, in fewer of them.
    shown: (isPart && detail.data) || chart,
    zoom: {
      view,
      whole: chart ? wholeOf(chart) : null,
      onView: (next) => setLooked({ key, view: next, page: null }),
    },
    paging: { page, onPage: (next) => setLooked({ key, view: null, page: next }) },
    isLoading: isPart && detail.isFetching,
  };
}

function wholeOf({ content }: DrawnChart): View | null {
  return content.type === "figure" ? rangeOf(Object(Object(content.plotly).layout).xaxis) : null;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
