import { useEffect, useRef, useSyncExternalStore } from "react";
import { usePreferences } from "./preferences";

/** `keys` is a chord ("mod+k"), a key ("?", "e"), or two keys one after the other ("g d"). */
export interface Shortcut {
  keys: string;
  label: string;
  group: "Go to" | "This page" | "Everywhere";
  run: () => void;
}

/** What a key press means for shortcuts: its name, and whether it was meant for a field. */
export interface Press {
  key: string;
  hasModifier: boolean;
  isInField: boolean;
}

export interface Reading {
  /** The first key of a sequence that has begun. */
  pending: string | null;
  fired: Shortcut | null;
}

/** Reads one key press against the shortcuts in force; the newest registered one wins. */
export function readPress(
  press: Press,
  pending: string | null,
  shortcuts: readonly Shortcut[],
  hasSingleKeys: boolean,
): Reading {
  const isSingle = !press.hasModifier;
  if (isSingle && (press.isInField || !hasSingleKeys)) return { pending: null, fired: null };
  const find = (keys: string) => shortcuts.findLast((each) => each.keys === keys) ?? null;
  const name = isSingle ? press.key : `mod+${press.key}`;
  const fired = (pending && isSingle && find(`${pending} ${name}`)) || find(name);
  if (fired) return { pending: null, fired };
  const begins = isSingle && shortcuts.some((each) => each.keys.startsWith(`${name} `));
  return { pending: begins ? name : null, fired: null };
}

let registered: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Shortcut[]): void {
  registered = next;
  for (const listener of listeners) listener();
}

/** Puts shortcuts in force while the component is on screen, and into the list behind `?`. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const names = shortcuts.map((each) => `${each.keys}\u0000${each.label}`).join("\u0001");
  // What they do may change with every drawing; they are only registered anew when keys or labels change.
  useEffect(() => {
    const mine = latest.current.map((each, index) => ({ ...each, run: () => latest.current[index]?.run() }));
    change([...registered, ...mine]);
    return () => change(registered.filter((each) => !mine.includes(each)));
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [names]);
}

export function useRegisteredShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => registered,
  );
}

const SEQUENCE_MS = 1200;

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** Listens for every shortcut; mounted once, by the shell. */
export function useShortcutListener(): void {
  const { hasSingleKeys } = usePreferences();
  useEffect(() => {
    let pending: string | null = null;
    let timer = 0;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      if (document.querySelector('[aria-modal="true"]')) return;
      const press = {
        key: event.key.length === 1 ? event.key.toLowerCase() : event.key,
        hasModifier: event.ctrlKey || event.metaKey,
        isInField: isField(event.target),
      };
      const reading = readPress(press, pending, registered, hasSingleKeys);
      pending = reading.pending;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        pending = null;
      }, SEQUENCE_MS);
      if (!reading.fired) return;
      event.preventDefault();
      reading.fired.run();
    };
    document.addEventListener("keydown", listen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", listen);
    };
  }, [hasSingleKeys]);
}

/** The keys as a reader sees them: "Ctrl K", "G then D". */
export function namesOfKeys(keys: string, isMac = /mac/iu.test(globalThis.navigator?.platform ?? "")): string[] {
  return keys.split(" ").map((press) =>
    press
      .split("+")
      .map((key) => (key === "mod" ? (isMac ? "⌘" : "Ctrl") : key.length === 1 ? key.toUpperCase() : key))
      .join(" "),
  );
}
