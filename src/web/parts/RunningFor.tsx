import { Button } from "@mantine/core";
import { useState } from "react";
import { useLocale } from "./locale";
import { useNow } from "./now";
import css from "./RunningFor.module.css";
import { durationText } from "./time";

interface RunningForProps {
  /** From when on it runs, where that is not when it is first shown here. */
  startedAt?: number;
  /** What is said instead of how long it runs already: its place in the queue. */
  words?: string | null;
  onStop: () => void;
}

const QUIET_MS = 1_000;

/** How long an answer is on its way, and the way to stop it; nothing in the first second. */
export function RunningFor({ startedAt, words = null, onStop }: RunningForProps) {
  const { locale } = useLocale();
  const [shownAt] = useState(() => Date.now());
  const elapsed = useNow(200) - (startedAt ?? shownAt);
  if (elapsed <= QUIET_MS) return null;
  return (
    <p className={css.line} role="status">
      {words ?? `Running for ${durationText(elapsed, locale)}`}
      <Button size="xs" onClick={onStop}>
        Stop
      </Button>
    </p>
  );
}
