import { useSyncExternalStore } from "react";

export interface Confirmation {
  /** The question: "Delete the source metering?" */
  title: string;
  /** What will happen, in plain words: effect, cost, end. */
  effect: string;
  /** The deed on the button: "Delete it", never "OK". */
  confirm: string;
  /** When given, the reader types this word to go on; for what cannot be taken back. */
  word?: string;
  isHarmless?: boolean;
  run: () => Promise<unknown>;
}

let asked: Confirmation | null = null;
const listeners = new Set<() => void>();

function change(next: Confirmation | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says what an act will do and does it only after a clear yes; a failure stays in the dialog. */
export function confirmInWords(confirmation: Confirmation): void {
  change(confirmation);
}

export function forgetConfirmation(): void {
  change(null);
}

/** What is being asked now. */
export function useConfirmation(): Confirmation | null {
  return useSyncExternalStore(subscribe, () => asked);
}
