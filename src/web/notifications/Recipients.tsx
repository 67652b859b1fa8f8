import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import { Icon } from "../parts/Icon";
import { mailSettingsQuery, peopleQuery, type ReportInput } from "./calls";
import css from "./ReportForm.module.css";

type Recipient = ReportInput["recipients"][number];

interface RecipientsProps {
  value: readonly Recipient[];
  onChange: (recipients: Recipient[]) => void;
  error?: string;
}

/** Who gets the report: people by name, and outside addresses where the operator allows them. */
export function Recipients({ value, onChange, error }: RecipientsProps) {
  const people = useQuery(peopleQuery);
  const mail = useQuery(mailSettingsQuery);
  const [typed, setTyped] = useState("");
  const listId = useId();
  const keyOf = (each: Recipient) => (each.type === "person" ? each.userId : each.address);
  const nameOf = (each: Recipient) =>
    each.type === "address"
      ? each.address
      : (people.data?.find((person) => person.userId === each.userId)?.name ?? "Somebody who has left");

  const add = () => {
    const words = typed.trim();
    const person = people.data?.find((each) => each.email === words || each.name === words);
    const recipient: Recipient | null = person
      ? { type: "person", userId: person.userId }
      : words.includes("@")
        ? { type: "address", address: words }
        : null;
    if (!recipient) return;
    if (!value.some((each) => keyOf(each) === keyOf(recipient))) onChange([...value, recipient]);
    setTyped("");
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== ",") return;
    event.preventDefault();
    add();
  };

  return (
    <fieldset className={css.group}>
      <legend>To</legend>
      <div className={css.list}>
        {value.map((each) => (
          <span key={keyOf(each)} className={css.person}>
            {nameOf(each)}
            <ActionIcon
              size="xs"
              aria-label={`Remove ${nameOf(each)}`}
              onClick={() => onChange(value.filter((other) => other !== each))}
            >
              <Icon name="close" size={12} />
            </ActionIcon>
          </span>
        ))}
      </div>
      <div className={css.add}>
        <TextInput
          aria-label="Add a recipient"
          placeholder={mail.data?.mayMailOutside ? "Name or address" : "Name"}
          list={listId}
          error={error}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={press}
        />
        <Button size="sm" disabled={!typed.trim()} onClick={add}>
          Add
        </Button>
      </div>
      <datalist id={listId}>
        {people.data?.map((person) => (
          <option key={person.userId} value={person.email}>
            {person.name}
          </option>
        ))}
      </datalist>
    </fieldset>
  );
}
