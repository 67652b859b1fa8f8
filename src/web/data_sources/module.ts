import type { WebModule } from "../app/module";
import { queryClient } from "../app/query";
import { sourcesQuery } from "./calls";

export const dataSources: WebModule = {
  places: [{ label: "Data sources", to: "/sources", icon: "database", key: "s", needs: "catalogs.read" }],
  find: async (words) => {
    const sources = await queryClient.fetchQuery(sourcesQuery);
    const wanted = words.toLowerCase();
    return sources
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .map(({ sourceId, name }) => ({
        label: name,
        hint: "Data source",
        icon: "database" as const,
        to: `/sources/${sourceId}`,
      }));
  },
};
