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
