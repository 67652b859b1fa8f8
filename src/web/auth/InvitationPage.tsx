import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Schemas, api, unwrap } from "../app/api";
import { formError } from "../parts/fields";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { useTitle } from "../parts/title";
import { ACCOUNT_FIELDS, type Account, AccountFields } from "./AccountFields";
import css from "./form.module.css";
import { useGoOn } from "./go-on";
import { useLink } from "./link";

/** A person who was invited chooses a name and a password. */
export function InvitationPage() {
  useTitle("Your invitation");
  const { token, link } = useLink("invitation");
  return (
    <>
      <h1 className={css.heading}>Join Gridlens</h1>
      {token === "" ? (
        <Notice tone="warn">This address is incomplete. Open the whole link from your invitation.</Notice>
      ) : link.isPending ? (
        <Skeleton label="Checking the invitation" />
      ) : link.isError ? (
        <ErrorState error={link.error} />
      ) : (
        <InvitationForm token={token} invited={link.data} />
      )}
    </>
  );
}

function InvitationForm({ token, invited }: { token: string; invited: Schemas["LinkTarget"] }) {
  const goOn = useGoOn();
  const { locale, zone } = useLocale();
  const [account, setAccount] = useState<Account>({ name: invited.name ?? "", password: "", zone });
  const accept = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/invitation", { body: { token, locale, ...account } })),
    onSuccess: goOn,
  });
  const refusal = formError(accept.error, ACCOUNT_FIELDS);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate();
      }}
    >
      <p className={css.lead}>
        {invited.organisation} invited <b>{invited.email}</b>.
      </p>
      <div className={css.fields}>
        <AccountFields
          account={account}
          minimumPasswordLength={invited.minimumPasswordLength}
          error={accept.error}
          onChange={setAccount}
        />
      </div>
      {refusal && <Notice tone="danger">{refusal}</Notice>}
      <Button type="submit" variant="filled" size="lg" fullWidth loading={accept.isPending}>
        Continue
      </Button>
    </form>
  );
}
