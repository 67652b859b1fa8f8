import { Suspense, lazy, useState } from "react";
import { Chip } from "./Chip";
import type { IconName } from "./Icon";

/** A value that can be picked. */
export interface Choice {
  value: string;
  text: string;
  /** A pale word after it: its unit, its kind. */
  hint?: string;
}

const load = () => import("./PickOneOpen");
const PickOneOpen = lazy(load);

interface PickOneProps {
  /** Names what is picked, for readers who cannot see where it stands: "Source". */
  label: string;
  icon?: IconName;
  choices: readonly Choice[];
  value: string | null;
  onPick: (value: string) => void;
  /** Said while there is nothing to pick. */
  empty?: string;
}

/** A chip that opens the values it can take; the menu itself loads when it is first wanted. */
export function PickOne({ label, icon, choices, value, onPick, empty = "–" }: PickOneProps) {
  const [isWanted, setWanted] = useState(false);
  const shown = choices.find((choice) => choice.value === value)?.text ?? empty;
  const chip = (
    <Chip
      icon={icon}
      value={shown}
      hasMenu
      aria-label={`${label}: ${shown}`}
      aria-haspopup="menu"
      disabled={choices.length === 0}
      onPointerEnter={() => void load()}
      onClick={() => setWanted(true)}
    />
  );
  if (!isWanted) return chip;
  return (
    <Suspense fallback={chip}>
      <PickOneOpen target={chip} choices={choices} value={value} onPick={onPick} />
    </Suspense>
  );
}
