import { useCallback, useEffect, useRef, useState } from "react";

/** About a screen: what lies this far below is asked for before its reader is there. */
const AHEAD = "800px 0px";

interface Near {
  /** The widgets in sight or soon to be. */
  near: ReadonlySet<string>;
  /** The ref of a widget's place. */
  watch: (element: HTMLElement | null) => (() => void) | undefined;
}

/** Which widgets a reader can see or is close to; `data-widget` of each place names its widget. */
export function useNear(): Near {
  const [near, setNear] = useState<ReadonlySet<string>>(new Set());
  const observer = useRef<IntersectionObserver | null>(null);
  const watched = useRef(new Set<Element>());
  useEffect(() => {
    // On paper everything is in sight.
    const seeAll = () => setNear(new Set([...watched.current].map(idOf)));
    window.addEventListener("beforeprint", seeAll);
    return () => {
      window.removeEventListener("beforeprint", seeAll);
      observer.current?.disconnect();
    };
  }, []);
  const watch = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    // Widgets that come near together are told of together, and so asked for in one request.
    observer.current ??= new IntersectionObserver(
      (entries) =>
        setNear((before) => {
          const next = new Set(before);
          for (const { target, isIntersecting } of entries) {
            if (isIntersecting) next.add(idOf(target));
            else next.delete(idOf(target));
          }
          return next;
        }),
      { root: scrollerOf(element), rootMargin: AHEAD },
    );
    const own = observer.current;
    const all = watched.current;
    own.observe(element);
    all.add(element);
    return () => {
      own.unobserve(element);
      all.delete(element);
    };
  }, []);
  return { near, watch };
}

function idOf(element: Element): string {
  return element.getAttribute("data-widget") ?? "";
}

/** The element that scrolls; nothing where the page itself does. */
function scrollerOf(element: HTMLElement): HTMLElement | null {
  const parent = element.parentElement;
  if (!parent) return null;
  return /auto|scroll/u.test(getComputedStyle(parent).overflowY) ? parent : scrollerOf(parent);
}
