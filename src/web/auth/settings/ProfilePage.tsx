import { Button, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../../app/api";
import { takeSession, useUser } from "../../app/session";
import { Card } from "../../parts/Card";
import { fieldError, formError } from "../../parts/fields";
import { Notice } from "../../parts/Notice";
import { tell } from "../../parts/toast";
import { localeChoices, zoneNames } from "../zones";
import { Heading } from "./Heading";
import css from "./settings.module.css";

export function ProfilePage() {
  return (
    <div className={css.narrow}>
      <Heading title="Profile">Who you are here, and how numbers and times read.</Heading>
      <div className={css.rows}>
        <ProfileCard />
        <EmailCard />
      </div>
    </div>
  );
}

function ProfileCard() {
  const user = useUser();
  const [name, setName] = useState(user.name);
  const [zone, setZone] = useState(user.zone);
  const [locale, setLocale] = useState(user.locale);
  const save = useMutation({
    mutationFn: () => unwrap(api.PATCH("/api/v1/auth/profile", { body: { name: name.trim(), zone, locale } })),
    onSuccess: (state) => {
      takeSession(state);
      tell("Your profile is saved.");
    },
  });
  const isChanged = name !== user.name || zone !== user.zone || locale !== user.locale;
  const refusal = formError(save.error, ["name", "zone", "locale"]);
  return (
    <Card title="You" isRuled isPadded>
      <form
        className={css.fields}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label="Name"
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          error={fieldError(save.error, "name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Time zone"
          description="Days and hours follow it, wherever you open Gridlens."
          searchable
          allowDeselect={false}
          limit={80}
          data={zoneNames(user.zone)}
          value={zone}
          error={fieldError(save.error, "zone")}
          onChange={(chosen) => setZone(chosen ?? zone)}
        />
        <Select
          label="Numbers and dates"
          allowDeselect={false}
          data={localeChoices(user.locale)}
          value={locale}
          error={fieldError(save.error, "locale")}
          onChange={(chosen) => setLocale(chosen ?? locale)}
        />
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <div className={css.buttons}>
          <Button type="submit" variant="filled" disabled={!isChanged} loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  );
}

function EmailCard() {
  const user = useUser();
  const [email, setEmail] = useState("");
  const request = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/email-change", { body: { email: email.trim() } })),
    onSuccess: () => tell(`A link is on its way to ${email.trim()}. Your address changes when it is opened.`),
  });
  const refusal = formError(request.error, ["email"]);
  return (
    <Card title="Email" sub={user.email} isRuled isPadded>
      <form
        className={css.fields}
        onSubmit={(event) => {
          event.preventDefault();
          request.mutate();
        }}
      >
        <TextInput
          label="New address"
          description="You log in with it, and reports and codes are sent there."
          type="email"
          autoComplete="email"
          required
          withAsterisk={false}
          value={email}
          error={fieldError(request.error, "email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <div className={css.buttons}>
          <Button type="submit" disabled={email.trim() === ""} loading={request.isPending}>
            Change address
          </Button>
        </div>
      </form>
    </Card>
  );
}
