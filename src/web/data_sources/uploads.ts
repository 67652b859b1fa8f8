import { queryOptions } from "@tanstack/react-query";
import { api, type Schemas, unwrap } from "../app/api";

export type Upload = Schemas["UploadOut"];
export type ReadOptions = Schemas["ReadOptions"];
export type ColumnOptions = Schemas["ColumnOptions"];
export type Preview = Schemas["Preview"];
export type BadRow = Schemas["BadRow"];

const PREVIEW = "/api/v1/uploads/{upload_id}/preview";

/** Where a file is sent; its name travels beside it and is never a path on the server. */
export function uploadUrl(fileName: string): string {
  return `/api/v1/uploads?fileName=${encodeURIComponent(fileName)}`;
}

export const previewQuery = (uploadId: string, options: ReadOptions | null) =>
  queryOptions({
    queryKey: ["uploads", "preview", uploadId, options],
    queryFn: () => {
      const params = { path: { upload_id: uploadId } };
      return options
        ? unwrap(api.POST(PREVIEW, { params, body: { options, rows: 100 } }))
        : unwrap(api.GET(PREVIEW, { params }));
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** What somebody corrected, by the column's heading in the file and its name. */
export type Corrections = Readonly<Record<string, Partial<Pick<ColumnOptions, "kind" | "unit" | "isGuess">>>>;

export function columnKey({ source, name }: Pick<ColumnOptions, "source" | "name">): string {
  return `${source ?? ""}\n${name}`;
}

/** The columns as they were found, with the corrections of those that are still there. */
export function corrected(columns: readonly ColumnOptions[], corrections: Corrections): ColumnOptions[] {
  return columns.map((column) => ({ ...column, ...corrections[columnKey(column)] }));
}

/** The preview with corrections: columns are found anew when another option changes, and then corrected again. */
export const correctedQuery = (uploadId: string, options: ReadOptions | null, corrections: Corrections) =>
  queryOptions({
    queryKey: ["uploads", "preview", uploadId, options, corrections],
    queryFn: async ({ client }) => {
      const found = await client.fetchQuery(previewQuery(uploadId, options));
      const { columns } = found.preview.options;
      if (!columns.some((column) => columnKey(column) in corrections)) return found;
      const asked = { ...found.preview.options, columns: corrected(columns, corrections) };
      return client.fetchQuery(previewQuery(uploadId, asked));
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const UPLOAD_STEPS = ["Choose", "Upload", "Check what is inside", "Ready"];
