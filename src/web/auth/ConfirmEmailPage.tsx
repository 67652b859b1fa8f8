import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, unwrap } from "../app/api";
import { queryClient } from "../app/query";
import { sessionQuery } from "../app/session";
import { formError } from "../parts/fields";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { useTitle } from "../parts/title";
import css from "./form.module.css";
import { useLink } from "./link";

/** Confirms a new address; a press is asked for, because mail scanners open links too. */
export function ConfirmEmailPage() {
  useTitle("Confirm your email");
  const { token, link } = useLink("email_change");
  const confirm = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/email-change/confirm", { body: { token } })),
    onSuccess: () => queryClient.invalidateQueries(sessionQuery),
  });
  const refusal = formError(confirm.error);
  return (
    <>
      <h1 className={css.heading}>Confirm your email</h1>
      {token === "" ? (
        <Notice tone="warn">This address is incomplete. Open the whole link from the mail.</Notice>
      ) : link.isPending ? (
        <Skeleton label="Checking the link" />
      ) : link.isError ? (
        <ErrorState error={link.error} />
      ) : confirm.isSuccess ? (
        <Notice tone="ok" title="Done">
          From now on you log in with {link.data.email}. <Link to="/">Go on</Link>
        </Notice>
      ) : (
        <div className={css.form}>
          <p className={css.lead}>
            Log in with <b>{link.data.email}</b> from now on.
          </p>
          {refusal && <Notice tone="danger">{refusal}</Notice>}
          <Button variant="filled" size="lg" fullWidth loading={confirm.isPending} onClick={() => confirm.mutate()}>
            Confirm
          </Button>
        </div>
      )}
    </>
  );
}
