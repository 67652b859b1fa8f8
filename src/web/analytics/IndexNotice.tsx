import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, unwrap } from "../app/api";
import { Notice } from "../parts/Notice";

const LOOK_EVERY_MS = 1_500;

interface IndexNoticeProps {
  sourceId: string;
  /** The values have become known while the reader was looking. */
  onReady?: () => void;
}

/** While the values of a source are being read: what a question cannot know yet, and how far it is. */
export function IndexNotice({ sourceId, onReady }: IndexNoticeProps) {
  const { data } = useQuery({
    queryKey: ["ask", "index", sourceId],
    queryFn: () => unwrap(api.GET("/api/v1/ask/index", { params: { query: { sourceId } } })),
    refetchInterval: ({ state }) => (state.data?.state === "ready" || state.error ? false : LOOK_EVERY_MS),
    staleTime: LOOK_EVERY_MS,
    retry: false,
  });
  const state = data?.state;
  const hasWaited = useRef(false);
  useEffect(() => {
    if (state === "ready" && hasWaited.current) onReady?.();
    hasWaited.current = state === "waiting" || state === "reading";
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each change of the state
  }, [state]);
  if (!data || state === "ready") return null;
  const far = data.columns > 0 ? ` ${data.columnsRead} of ${data.columns} columns are read.` : "";
  return (
    <Notice tone="info" title="The values of this source are being read">
      Until then a question may not know the names that stand in its rows.{far}
    </Notice>
  );
}
