import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "../../app/api";

export const groupsQuery = queryOptions({
  queryKey: ["groups"],
  queryFn: () => unwrap(api.GET("/api/v1/groups")),
});
