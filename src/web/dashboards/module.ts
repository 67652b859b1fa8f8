import { queryClient } from "../app/query";
import type { WebModule } from "../app/module";
import { listQuery } from "./calls";

export const dashboards: WebModule = {
  places: [{ label: "Dashboards", to: "/dashboards", icon: "dashboard", key: "d", needs: "dashboards.read" }],
  find: async (words) => {
    const found = await queryClient.fetchQuery(listQuery("all", words));
    return found.map(({ dashboardId, name, description }) => ({
      label: name,
      hint: description || "Dashboard",
      icon: "dashboard" as const,
      to: `/dashboards/${dashboardId}`,
    }));
  },
};
