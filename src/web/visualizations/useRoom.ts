import { useCallback, useState } from "react";

/** The server draws for whole steps, so that readers with windows of about one size share its figures. */
const STEP_PIXELS = 400;
const MOST_PIXELS = 4_000;

/** How wide an element is, in whole steps; nothing until it is on screen. It grows, but never shrinks again. */
export function useRoom(): [number | null, (element: HTMLElement | null) => (() => void) | undefined] {
  const [room, setRoom] = useState<number | null>(null);
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const look = () => setRoom((before) => Math.max(before ?? 0, inSteps(element.clientWidth)));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [room, measure];
}

export function inSteps(pixels: number): number {
  return Math.min(Math.max(Math.ceil(pixels / STEP_PIXELS), 1) * STEP_PIXELS, MOST_PIXELS);
}
