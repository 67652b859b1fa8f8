import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { queryClient } from "../app/query";
import { sourcesQuery } from "../data_sources/calls";
import { Icon } from "../parts/Icon";
import { Kbd } from "../parts/Kbd";
import { PickOne } from "../parts/PickOne";
import { tellProblem } from "../parts/toast";
import css from "./AskBar.module.css";

interface AskBarProps {
  /** The question that stands in the field at first. */
  start: string;
  /** The chosen source; the first one without it. */
  source: string | null;
  isBusy?: boolean;
  hasFocus?: boolean;
  onAsk: (question: string, source: string) => void;
  onSource?: (source: string) => void;
}

/** The field for a question in plain words, and the source that it is put to. */
export function AskBar({ start, source, isBusy = false, hasFocus = false, onAsk, onSource }: AskBarProps) {
  const sources = useQuery(sourcesQuery);
  const ready = (sources.data ?? []).filter(({ state }) => state === "ready");
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = ready.find(({ sourceId }) => sourceId === (picked ?? source)) ?? ready[0];
  const [words, setWords] = useState(start);
  const [began, setBegan] = useState(start);
  if (start !== began) {
    setBegan(start);
    setWords(start);
  }
  const field = useRef<HTMLInputElement>(null);
  /** Who types faster than the sources load is answered as soon as they are there. */
  const askWhenReady = async (question: string) => {
    const loaded = await queryClient.ensureQueryData(sourcesQuery);
    const first = loaded.find(({ sourceId, state }) => state === "ready" && (!source || sourceId === source));
    if (first) onAsk(question, first.sourceId);
  };

  return (
    <form
      className={css.bar}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const question = words.trim();
        if (question && chosen) onAsk(question, chosen.sourceId);
        else if (question && sources.isPending) askWhenReady(question).catch(tellProblem);
        else field.current?.focus();
      }}
    >
      <Icon name="ask" />
      <input
        ref={field}
        className={css.field}
        aria-label="Ask a question"
        placeholder="Ask about consumption, cost, prices…"
        maxLength={500}
        // The page has no other purpose than this field.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={hasFocus}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <PickOne
        label="Source"
        icon="database"
        empty="No data"
        choices={ready.map(({ sourceId, name }) => ({ value: sourceId, text: name }))}
        value={chosen?.sourceId ?? null}
        onPick={(sourceId) => {
          setPicked(sourceId);
          onSource?.(sourceId);
        }}
      />
      <Button type="submit" variant="filled" loading={isBusy} disabled={sources.isSuccess && !chosen} rightSection={<Kbd>↵</Kbd>}>
        Ask
      </Button>
    </form>
  );
}
