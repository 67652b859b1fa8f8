import { analytics } from "../analytics/module";
import { dataSources } from "../data_sources/module";
import { dashboards } from "../dashboards/module";
import { notifications } from "../notifications/module";
import type { WebModule } from "./module";

/** The modules that have pages, in the order of the rail. */
export const modules: readonly WebModule[] = [analytics, dashboards, dataSources, notifications];
