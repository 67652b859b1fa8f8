import { Outlet, useRouter } from "@tanstack/react-router";
import { Suspense, lazy, useEffect, useState } from "react";
import { useConfirmation } from "../../parts/confirm";
import { useViewport } from "../../parts/viewport";
import { usePreferences } from "../preferences";
import { offerStepUp, onSessionEnded, sessionQuery } from "../session";
import { queryClient } from "../query";
import { useShortcutListener, useShortcuts } from "../shortcuts";
import { Rail } from "./Rail";
import css from "./Shell.module.css";
import { TabBar } from "./TabBar";
import { usePlaces } from "./places";
import { ShellContext } from "./shell-context";

const loadPalette = () => import("./Palette");
const Palette = lazy(loadPalette);
const KeyboardList = lazy(() => import("./KeyboardList"));
const ConfirmInWords = lazy(() => import("../../parts/ConfirmInWords"));
const StepUp = lazy(() => import("../../auth/StepUp"));

export function Shell() {
  const router = useRouter();
  const { rail } = usePreferences();
  const viewport = useViewport();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isKeyboardOpen, setKeyboardOpen] = useState(false);
  const confirmation = useConfirmation();
  const stepUp = useStepUp();
  const places = usePlaces();

  useShortcutListener();
  useShortcuts([
    { keys: "mod+k", label: "Ask, jump or command", group: "Everywhere", run: () => setPaletteOpen(true) },
    ...(places.some(({ to }) => to === "/ask")
      ? [{ keys: "/", label: "Ask", group: "Everywhere" as const, run: () => void router.navigate({ href: "/ask" }) }]
      : []),
    { keys: "?", label: "This list", group: "Everywhere", run: () => setKeyboardOpen(true) },
    ...places.flatMap(({ key, label, to }) =>
      key ? [{ keys: `g ${key}`, label, group: "Go to" as const, run: () => void router.navigate({ to }) }] : [],
    ),
  ]);

  // A link leaves the focus on itself; the new page is what should be read next.
  useEffect(
    () =>
      router.subscribe("onResolved", ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return;
        const { activeElement, body } = document;
        if (activeElement === body || activeElement?.matches("a")) document.getElementById("main")?.focus({ preventScroll: true });
      }),
    [router],
  );

  // Fetched when the page has come to rest, so that the first Ctrl K misses no key.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 3000);
    return () => clearTimeout(timer);
  }, []);

  useEffect(
    () =>
      onSessionEnded(() => {
        // Whoever logs out meanwhile takes the answer away; the page that follows asks by itself.
        const read = queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
        void read.catch(() => undefined).finally(() => router.invalidate());
      }),
    [router],
  );

  const isCollapsed = rail === "collapsed" || (rail === "auto" && viewport !== "wide");
  return (
    <ShellContext value={{ openPalette: () => setPaletteOpen(true), openKeyboard: () => setKeyboardOpen(true) }}>
      <a className={css.skip} href="#main">
        Skip to the page
      </a>
      <div className={css.app} data-rail={isCollapsed ? "collapsed" : "open"}>
        {viewport === "phone" ? <TabBar places={places} /> : <Rail places={places} isCollapsed={isCollapsed} />}
        <div className={css.main}>
          <Outlet />
        </div>
      </div>
      <Suspense>
        {isPaletteOpen && <Palette places={places} onClose={() => setPaletteOpen(false)} />}
        {isKeyboardOpen && <KeyboardList onClose={() => setKeyboardOpen(false)} />}
        {confirmation && <ConfirmInWords asked={confirmation} />}
        {stepUp.wasAsked && <StepUp answer={stepUp.answer} />}
      </Suspense>
    </ShellContext>
  );
}

/**
 * What a refused call that needs the password waits for. It is offered with the shell and not by the dialog, which is
 * still on its way when somebody is quick; once drawn it stays, so that closing it gives the focus back.
 */
function useStepUp() {
  const [asked, setAsked] = useState<{ wasAsked: boolean; answer: ((isDone: boolean) => void) | null }>({
    wasAsked: false,
    answer: null,
  });
  useEffect(
    () =>
      offerStepUp(
        () =>
          new Promise<boolean>((resolve) => {
            const answer = (isDone: boolean) => {
              setAsked({ wasAsked: true, answer: null });
              resolve(isDone);
            };
            setAsked({ wasAsked: true, answer });
          }),
      ),
    [],
  );
  return asked;
}
