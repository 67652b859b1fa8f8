import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, type Schemas, unwrap } from "../app/api";
import { queryClient } from "../app/query";

export type Source = Schemas["SourceOut"];
export type Connection = Source["connection"];
export type Task = Schemas["TaskOut"];
export type CatalogTable = Schemas["CatalogTable"];
export type CatalogColumn = Schemas["CatalogColumn"];

const ONE = "/api/v1/sources/{source_id}" as const;

export const sourcesQuery = queryOptions({
  queryKey: ["sources", "list"],
  queryFn: () => unwrap(api.GET("/api/v1/sources")),
});

/** Folders of the server whose database files may be connected by path. */
export const fileFoldersQuery = queryOptions({
  queryKey: ["sources", "file-folders"],
  queryFn: () => unwrap(api.GET("/api/v1/sources/file-folders")),
});

export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ["sources", "one", id],
    queryFn: () => unwrap(api.GET(ONE, { params: { path: { source_id: id } } })),
  });

export const catalogQuery = (id: string) =>
  queryOptions({
    queryKey: ["sources", "catalog", id],
    queryFn: () => unwrap(api.GET(`${ONE}/catalog`, { params: { path: { source_id: id } } })),
  });

export const sampleQuery = (id: string, table: CatalogTable) =>
  queryOptions({
    queryKey: ["sources", "sample", id, table.schema ?? "", table.name],
    queryFn: () =>
      unwrap(
        api.GET(`${ONE}/sample`, {
          params: { path: { source_id: id }, query: { table: table.name, schema: table.schema ?? undefined, rows: 50 } },
        }),
      ),
    staleTime: 300_000,
  });

export function renewSources(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["sources"] });
}

/** A reading or import under way, asked after once a second until it has ended. */
export function useTask(id: string | null, onEnd: (task: Task) => void): Task | undefined {
  const task = useQuery({
    queryKey: ["sources", "task", id],
    queryFn: () => unwrap(api.GET("/api/v1/sources/tasks/{task_id}", { params: { path: { task_id: id ?? "" } } })),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: ({ state }) => (isOver(state.data) ? false : 700),
  });
  const ended = isOver(task.data) ? task.data : undefined;
  useEffect(() => {
    if (ended) onEnd(ended);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each task that ends
  }, [ended?.taskId, ended?.state]);
  return task.data;
}

function isOver(task: Task | undefined): boolean {
  return task?.state === "done" || task?.state === "failed";
}
