import type { Schemas } from "../app/api";

type Wish = Partial<Pick<Schemas["DrawOptions"], "scope" | "theme">>;

/** Where a saved chart is fetched as a file, over the range and filters that its reader has chosen. */
export function pictureAddress(chartId: string, format: "png" | "svg", wish: Wish): string {
  const query = new URLSearchParams({ format, options: JSON.stringify(wish) });
  return `/api/v1/charts/${chartId}/picture?${query}`;
}
