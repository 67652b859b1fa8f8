import { createContext } from "react";

/** Asks the source of the answers below for what it holds now; nothing where no part of the page can. */
export const Renewal = createContext<(() => void) | null>(null);
