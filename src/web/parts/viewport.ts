import { useSyncExternalStore } from "react";

export type Viewport = "phone" | "tablet" | "narrow" | "wide";

/** "phone" under 760 px, "tablet" under 960, "narrow" under 1280. */
export function viewportOf(width: number): Viewport {
  return width < 760 ? "phone" : width < 960 ? "tablet" : width < 1280 ? "narrow" : "wide";
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

export function useViewport(): Viewport {
  return useSyncExternalStore(subscribe, () => viewportOf(window.innerWidth));
}
