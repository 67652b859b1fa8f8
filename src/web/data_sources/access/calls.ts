import { queryOptions } from "@tanstack/react-query";
import { api, type Schemas, unwrap } from "../../app/api";

export type Rule = Schemas["Rule"];
export type People = NonNullable<Rule["binds"]>;
export type AccessRules = Schemas["AccessOut"];
export type HeldTable = Schemas["HeldTable"];

export const ACCESS = "/api/v1/sources/{source_id}/access" as const;

export const accessQuery = (id: string) =>
  queryOptions({
    queryKey: ["sources", "access", id],
    queryFn: () => unwrap(api.GET(ACCESS, { params: { path: { source_id: id } } })),
    staleTime: 0,
  });

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: () => unwrap(api.GET("/api/v1/people")),
});

export const groupsQuery = queryOptions({
  queryKey: ["groups"],
  queryFn: () => unwrap(api.GET("/api/v1/groups")),
});
