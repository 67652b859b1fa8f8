import { Button, Modal, TextInput } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { asProblem } from "../app/problem";
import { Notice } from "./Notice";
import css from "./confirm.module.css";

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

let open: Confirmation | null = null;
const listeners = new Set<() => void>();

function change(next: Confirmation | null): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Says what an act will do and does it only after a clear yes; a failure stays in the dialog. */
export function confirmInWords(confirmation: Confirmation): void {
  change(confirmation);
}

/** Draws what `confirmInWords` asks; mounted once, by the shell. */
export function ConfirmInWords() {
  const asked = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
  return (
    <Modal opened={asked !== null} onClose={() => change(null)} title={asked?.title} size={440}>
      {asked && <Question key={asked.title} asked={asked} />}
    </Modal>
  );
}

function Question({ asked }: { asked: Confirmation }) {
  const [word, setWord] = useState("");
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const isReady = !asked.word || word.trim() === asked.word;

  const run = async () => {
    setRunning(true);
    setFailure(null);
    try {
      await asked.run();
      change(null);
    } catch (error) {
      setFailure(asProblem(error).message);
    } finally {
      setRunning(false);
    }
  };

  return (
    <form
      className={css.question}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void run();
      }}
    >
      <p className={css.effect}>{asked.effect}</p>
      {asked.word && (
        <TextInput
          label={`Type “${asked.word}” to go on`}
          data-autofocus
          autoComplete="off"
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
        />
      )}
      {failure && <Notice tone="danger">{failure}</Notice>}
      <div className={css.buttons}>
        <Button variant="subtle" onClick={() => change(null)}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="filled"
          color={asked.isHarmless ? undefined : "danger"}
          loading={isRunning}
          disabled={!isReady}
        >
          {asked.confirm}
        </Button>
      </div>
    </form>
  );
}
