import type { Place } from "../module";
import { modules } from "../modules";
import { useMay, useSession } from "../session";

const HOME: Place = { label: "Home", to: "/", icon: "home", key: "h" };
export const SETTINGS: Place = { label: "Settings", to: "/settings", icon: "settings" };

/** The places this user may go to, in order; settings come last and sit at the foot of the rail. */
export function usePlaces(): Place[] {
  const may = useMay();
  const isDemo = useSession()?.isDemo ?? false;
  const ofModules = modules.flatMap((module) => module.places);
  const isOpen = (place: Place) => (!place.needs || may(place.needs)) && (isDemo || !place.isDemoOnly);
  return [HOME, ...ofModules.filter(isOpen), SETTINGS];
}
