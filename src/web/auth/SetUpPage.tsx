import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { fieldError, formError } from "../parts/fields";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { useTitle } from "../parts/title";
import { ACCOUNT_FIELDS, type Account, AccountFields } from "./AccountFields";
import css from "./form.module.css";
import { useGoOn } from "./go-on";
import { useLink } from "./link";

/** The first person in: only the link from the server's console opens the form. */
export function SetUpPage() {
  useTitle("Set up");
  const { token, link } = useLink("set_up");
  return (
    <>
      <h1 className={css.heading}>Set up Gridlens</h1>
      {token === "" ? (
        <Notice tone="info" title="Open the link from the server’s console">
          Gridlens printed a one-time link when it started. It works once and only there, so that nobody else can take
          this installation first.
        </Notice>
      ) : link.isPending ? (
        <Skeleton label="Checking the link" />
      ) : link.isError ? (
        <ErrorState error={link.error} />
      ) : (
        <SetUpForm token={token} minimumPasswordLength={link.data.minimumPasswordLength} />
      )}
    </>
  );
}

function SetUpForm({ token, minimumPasswordLength }: { token: string; minimumPasswordLength: number }) {
  const goOn = useGoOn();
  const { locale, zone } = useLocale();
  const [organisation, setOrganisation] = useState("");
  const [email, setEmail] = useState("");
  const [account, setAccount] = useState<Account>({ name: "", password: "", zone });
  const setUp = useMutation({
    mutationFn: () =>
      unwrap(api.POST("/api/v1/auth/set-up", { body: { token, organisation, email: email.trim(), locale, ...account } })),
    onSuccess: goOn,
  });
  const refusal = formError(setUp.error, [...ACCOUNT_FIELDS, "organisation", "email"]);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setUp.mutate();
      }}
    >
      <p className={css.lead}>You will be its administrator. Next you set up one-time codes.</p>
      <div className={css.fields}>
        <TextInput
          size="md"
          label="Organisation"
          autoComplete="organization"
          autoFocus
          required
          withAsterisk={false}
          maxLength={200}
          value={organisation}
          error={fieldError(setUp.error, "organisation")}
          onChange={(event) => setOrganisation(event.currentTarget.value)}
        />
        <TextInput
          size="md"
          label="Work email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          error={fieldError(setUp.error, "email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <AccountFields
          account={account}
          minimumPasswordLength={minimumPasswordLength}
          error={setUp.error}
          onChange={setAccount}
        />
      </div>
      {refusal && <Notice tone="danger">{refusal}</Notice>}
      <Button type="submit" variant="filled" size="lg" fullWidth loading={setUp.isPending}>
        Continue
      </Button>
    </form>
  );
}
