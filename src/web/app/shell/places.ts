import type { Place } from "../module";
import { modules } from "../modules";
import { useMay } from "../session";

const HOME: Place = { label: "Home", to: "/", icon: "home", key: "h" };
export const SETTINGS: Place = { label: "Settings", to: "/settings", icon: "settings" };

/** The places this user may go to, in order; settings come last and sit at the foot of the rail. */
export function usePlaces(): Place[] {
  const may = useMay();
  const ofModules = modules.flatMap((module) => module.places);
  return [HOME, ...ofModules.filter((place) => !place.needs || may(place.needs)), SETTINGS];
}
