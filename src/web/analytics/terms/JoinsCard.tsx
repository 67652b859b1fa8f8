import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card, CardList, CardRow } from "../../parts/Card";
import { IconButton } from "../../parts/IconButton";
import { type Terms, useSaveTerms } from "./calls";
import css from "./terms.module.css";

/** Which rows belong together where the database does not say so. */
export function JoinsCard({ terms }: { terms: Terms }) {
  const [on, setOn] = useState("");
  const save = useSaveTerms(terms, () => setOn(""));
  const { joins } = terms.model;
  const agreed = new Set(joins.map((join) => join.on));
  const proposed = terms.proposal.joins.filter((join) => !agreed.has(join.on));
  const add = (text: string) =>
    save.mutate({ model: { ...terms.model, joins: [...joins, { on: text }] }, said: "The tables are joined." });
  return (
    <Card title="Joins" isRuled isReloading={save.isPending}>
      {joins.length + proposed.length === 0 && (
        <p className={css.empty}>The keys that the database declares are used; add those that it does not.</p>
      )}
      <CardList label="Joins">
        {joins.map((join) => (
          <CardRow key={join.on} title={<span className={css.code}>{join.on}</span>}>
            {terms.canEdit && (
              <IconButton
                icon="trash"
                label={`Remove ${join.on}`}
                onClick={() =>
                  save.mutate({
                    model: { ...terms.model, joins: joins.filter((each) => each !== join) },
                    said: "The join is removed.",
                  })
                }
              />
            )}
          </CardRow>
        ))}
        {proposed.map((join) => (
          <CardRow key={join.on} title={<span className={`${css.code} ${css.proposed}`}>{join.on}</span>} sub="suggested">
            {terms.canEdit && <IconButton icon="check" label={`Agree on ${join.on}`} onClick={() => add(join.on)} />}
          </CardRow>
        ))}
      </CardList>
      {terms.canEdit && (
        <form
          className={css.row}
          onSubmit={(event) => {
            event.preventDefault();
            add(on.trim());
          }}
        >
          <TextInput
            label="New join"
            placeholder="readings.meter_id = meters.id"
            maxLength={1000}
            value={on}
            onChange={(event) => setOn(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!on.trim()}>
            Join
          </Button>
        </form>
      )}
    </Card>
  );
}
