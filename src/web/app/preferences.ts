import { useSyncExternalStore } from "react";

/** What this browser remembers; nothing here is secret. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  density: "compact" | "default" | "relaxed";
  /** "auto" collapses the rail on narrow windows. */
  rail: "auto" | "open" | "collapsed";
  hasSingleKeys: boolean;
}

const KEY = "gridlens.preferences";
const DEFAULTS: Preferences = { theme: "system", density: "default", rail: "auto", hasSingleKeys: true };

const CHOICES: { [Name in keyof Preferences]: readonly Preferences[Name][] } = {
  theme: ["system", "light", "dark"],
  density: ["compact", "default", "relaxed"],
  rail: ["auto", "open", "collapsed"],
  hasSingleKeys: [true, false],
};

/** Preferences from stored text; each value that is not a known choice falls back alone. */
export function readPreferences(text: string | null): Preferences {
  const found: unknown = parsed(text);
  const pick = <Name extends keyof Preferences>(name: Name): Preferences[Name] =>
    CHOICES[name].find((choice) => isObject(found) && Reflect.get(found, name) === choice) ?? DEFAULTS[name];
  return {
    theme: pick("theme"),
    density: pick("density"),
    rail: pick("rail"),
    hasSingleKeys: pick("hasSingleKeys"),
  };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function stored(): string | null {
  try {
    return globalThis.localStorage?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
}

let current = readPreferences(stored());
const listeners = new Set<() => void>();

export function setPreference<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
  if (current[name] === value) return;
  current = { ...current, [name]: value };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

const darkQuery = "(prefers-color-scheme: dark)";

function subscribeToSystem(listener: () => void): () => void {
  const media = matchMedia(darkQuery);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

/** The theme to draw with, once the system has been asked. */
export function useTheme(): "light" | "dark" {
  const isSystemDark = useSyncExternalStore(subscribeToSystem, () => matchMedia(darkQuery).matches);
  const { theme } = usePreferences();
  return theme === "system" ? (isSystemDark ? "dark" : "light") : theme;
}
