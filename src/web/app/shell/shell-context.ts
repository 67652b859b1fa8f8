import { createContext, use } from "react";

interface ShellActions {
  openPalette: () => void;
  openKeyboard: () => void;
}

export const ShellContext = createContext<ShellActions | null>(null);

/** True inside a page's main part, where a failure does not make a second one. */
export const InsidePage = createContext(false);

/** The shell's own dialogs, for buttons that open them; nothing outside the shell. */
export function useShell(): ShellActions | null {
  return use(ShellContext);
}
