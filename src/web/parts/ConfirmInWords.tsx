import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { asProblem } from "../app/problem";
import css from "./ConfirmInWords.module.css";
import { Notice } from "./Notice";
import { type Confirmation, forgetConfirmation } from "./confirm";

/** Draws what `confirmInWords` asks; mounted by the shell while something is asked. */
export default function ConfirmInWords({ asked }: { asked: Confirmation }) {
  return (
    <Modal opened onClose={forgetConfirmation} title={asked.title} size={440}>
      <Question key={asked.title} asked={asked} />
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
      forgetConfirmation();
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
        <Button variant="subtle" onClick={() => forgetConfirmation()}>
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
