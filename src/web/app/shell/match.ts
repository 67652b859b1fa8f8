import type { Place } from "../module";

/** Places whose words begin with what was typed, in their own order; all of them when nothing was. */
export function matchPlaces(places: readonly Place[], typed: string): Place[] {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  return places.filter((place) => {
    const own = place.label.toLocaleLowerCase().split(/\s+/u);
    return words.every((word) => own.some((each) => each.startsWith(word)));
  });
}
