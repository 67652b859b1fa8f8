import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, type Schemas, unwrap } from "../app/api";
import { ProblemError } from "../app/problem";
import { queryClient } from "../app/query";
import { bytesText, countText, numberText, withUnit } from "../parts/number";
import { tell } from "../parts/toast";

export type Export = Schemas["ExportOut"];
export type ExportFormat = Export["fileFormat"];
export type ExportTarget = Schemas["ExportOrder"]["target"];

const ONE = "/api/v1/exports/{export_id}" as const;
const EVERY_MS = 700;
const AWAY_EVERY_MS = 2_000;

export const FORMATS = { csv: "CSV", xlsx: "XLSX", parquet: "Parquet" } satisfies Record<ExportFormat, string>;

const paramsOf = (exportId: string) => ({ path: { export_id: exportId } });

export const readExport = (exportId: string) => unwrap(api.GET(ONE, { params: paramsOf(exportId) }));

export const exportsQuery = queryOptions({
  queryKey: ["exports", "list"],
  queryFn: () => unwrap(api.GET("/api/v1/exports")),
  staleTime: 0,
  refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? EVERY_MS : false),
});

/** An export under way, asked after until it has ended. */
export function useExport(begun: Export): Export {
  const { data } = useQuery({
    queryKey: ["exports", "one", begun.exportId],
    queryFn: () => readExport(begun.exportId),
    initialData: begun,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? EVERY_MS : false),
  });
  return data;
}

export const startExport = (target: ExportTarget, fileFormat: ExportFormat, name: string) =>
  unwrap(api.POST("/api/v1/exports", { body: { target, fileFormat, name: name.slice(0, 200) } }));

export async function cancelExport(exportId: string): Promise<void> {
  await unwrap(api.POST(`${ONE}/cancel`, { params: paramsOf(exportId) }));
  await renewExports();
}

export async function deleteExport(exportId: string): Promise<void> {
  await unwrap(api.DELETE(ONE, { params: paramsOf(exportId) }));
  await renewExports();
}

export function renewExports(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["exports"] });
}

/** Hands over the file: the browser fetches it by itself, so that it never has to fit into memory. */
export function saveFile(exportId: string): void {
  Object.assign(document.createElement("a"), { href: `/api/v1/exports/${exportId}/file`, download: "" }).click();
}

/** Hands over the file once it is known that it may be; a download that is refused could not say why. */
export async function saveFinished(exportId: string): Promise<void> {
  const found = await readExport(exportId);
  const problem = problemOf(found);
  if (problem) {
    await renewExports();
    throw problem;
  }
  saveFile(exportId);
}

export function isUnderWay({ state }: Pick<Export, "state">): boolean {
  return state === "waiting" || state === "running";
}

/** Why there is no file to download; nothing when there is. */
export function problemOf({ state, error, refusal }: Export): ProblemError | null {
  const because = (title: string, detail: string | null) =>
    new ProblemError({ kind: "export-ended", title, status: 0, detail: detail ?? "Export again." });
  switch (state) {
    case "done":
      return refusal ? because("You may not download this any more", refusal) : null;
    case "waiting":
    case "running":
      return because("The export is under way", "Wait until it is done.");
    case "failed":
      return because("The export failed", error);
    case "cancelled":
      return because("The export was stopped", error);
    case "expired":
      return because("The file has expired", "It was kept for as long as was said, and is deleted. Export again.");
  }
}

/** How much of the file is written, from 0 to 1; nothing while nobody knows how many rows there will be. */
export function shareOf({ rows, rowCount }: Pick<Export, "rows" | "rowCount">): number | null {
  return rowCount ? rows / rowCount : null;
}

/** How far it is, in words: a percentage only where the number of rows is known. */
export function progressText(shown: Export, locale: string): string {
  const { state, rows, rowCount, sizeBytes, fileFormat } = shown;
  const size = bytesText(sizeBytes, locale);
  if (state === "waiting") return "Waiting for its turn";
  if (state === "done") return `${countText(rows, "row", "rows", locale)}, ${size}`;
  if (rowCount === null) {
    if (rows === 0) return "Waiting for the first rows";
    const count = countText(rows, "row", "rows", locale);
    return `${count} ${fileFormat === "csv" ? "written" : "read"} so far, ${size}`;
  }
  const count = countText(rowCount, "row", "rows", locale);
  if (rows >= rowCount) return `All ${count} are read. The file is being finished.`;
  return `${withUnit(numberText((100 * rows) / rowCount, locale, { fixed: 0 }), "%")} of ${count} written`;
}

/** Tells the reader, who is on another page by then, that an export has ended. */
export async function tellWhenExported(exportId: string, isHere: () => boolean, show: () => void): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, AWAY_EVERY_MS));
  const found = await readExport(exportId).catch((error: unknown) => {
    // One that was deleted is nothing to tell of; a server that is away may be back.
    return error instanceof ProblemError && error.status === 404 ? null : undefined;
  });
  if (found === null) return undefined;
  if (found === undefined || isUnderWay(found)) return tellWhenExported(exportId, isHere, show);
  if (isHere() || found.state === "cancelled") return undefined;
  const message = found.state === "done" ? `“${found.name}” is exported.` : `The export failed. ${found.error ?? ""}`.trim();
  tell(message, { label: "Show", run: show });
}
