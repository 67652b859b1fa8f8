import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../../app/api";
import { Card, CardList, CardRow } from "../../parts/Card";
import { IconButton } from "../../parts/IconButton";
import { tellProblem, tellUndo } from "../../parts/toast";
import { at, type Model, renewTerms, type Terms, TERMS, takeBack, useSaveTerms } from "./calls";
import css from "./terms.module.css";

interface Said {
  words: string;
  means: string;
  without: (model: Model) => Model;
}

/** Words of the house: what they stand for, wherever in the terms that is said. */
export function WordsCard({ terms }: { terms: Terms }) {
  const save = useSaveTerms(terms, () => undefined);
  const said = sayings(terms.model);
  return (
    <Card title="Words" sub={said.length > 0 ? `${said.length} defined` : undefined} isRuled isReloading={save.isPending}>
      {said.length === 0 && (
        <p className={css.empty}>Your own words for things here, such as “HT” for “weekdays from 8 to 20”.</p>
      )}
      <CardList label="Words">
        {said.map((each) => (
          <CardRow key={`${each.words}${each.means}`} title={each.words} sub={each.means}>
            {terms.canEdit && (
              <IconButton
                icon="trash"
                label={`Remove ${each.words}`}
                onClick={() =>
                  save.mutate({
                    model: each.without(terms.model),
                    said: `“${each.words}” means nothing special any more.`,
                  })
                }
              />
            )}
          </CardRow>
        ))}
      </CardList>
      {terms.canEdit && <NewWords terms={terms} />}
    </Card>
  );
}

function NewWords({ terms }: { terms: Terms }) {
  const [words, setWords] = useState("");
  const [means, setMeans] = useState("");
  const define = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST(`${TERMS}/words`, {
          params: at(terms.sourceId),
          body: { words: words.trim(), means: { type: "words", words: means.trim() } },
        }),
      ),
    onSuccess: async (change) => {
      const defined = words.trim();
      setWords("");
      setMeans("");
      await renewTerms(terms.sourceId);
      tellUndo(`“${defined}” is defined for everyone.`, () => takeBack(terms.sourceId, change));
    },
    onError: (error) => tellProblem(error),
  });
  return (
    <form
      className={css.row}
      onSubmit={(event) => {
        event.preventDefault();
        define.mutate();
      }}
    >
      <TextInput
        label="Word"
        maxLength={100}
        placeholder="HT"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <TextInput
        label="Stands for"
        maxLength={200}
        placeholder="weekdays from 8 to 20"
        value={means}
        onChange={(event) => setMeans(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!words.trim() || !means.trim()} loading={define.isPending}>
        Define
      </Button>
    </form>
  );
}

function sayings(model: Model): Said[] {
  const wordings = model.wordings.map((wording) => ({
    words: wording.words,
    means: wording.means,
    without: (from: Model) => ({
      ...from,
      wordings: from.wordings.filter(({ words }) => words !== wording.words),
    }),
  }));
  const segments = model.segments.map((segment) => ({
    words: [segment.name, ...segment.synonyms].join(", "),
    means: segment.filters.join(" and "),
    without: (from: Model) => ({ ...from, segments: from.segments.filter(({ name }) => name !== segment.name) }),
  }));
  const values = model.tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      column.values.map((value) => ({
        words: value.synonyms.join(", "),
        means: `“${value.value}” in ${table.table}.${column.column}`,
        without: (from: Model): Model => ({
          ...from,
          tables: from.tables.map((eachTable) =>
            eachTable.table !== table.table || eachTable.schema !== table.schema
              ? eachTable
              : {
                  ...eachTable,
                  columns: eachTable.columns.map((each) =>
                    each.column !== column.column
                      ? each
                      : { ...each, values: each.values.filter((one) => one.value !== value.value) },
                  ),
                },
          ),
        }),
      })),
    ),
  );
  return [...wordings, ...segments, ...values];
}
