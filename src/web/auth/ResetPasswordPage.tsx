import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { fieldError, formError } from "../parts/fields";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { useTitle } from "../parts/title";
import { tell } from "../parts/toast";
import { NewPassword } from "./AccountFields";
import css from "./form.module.css";
import { useLink } from "./link";

/** Where the mailed link leads; it never logs in by itself. */
export function ResetPasswordPage() {
  useTitle("New password");
  const { token, link } = useLink("reset");
  return (
    <>
      <h1 className={css.heading}>New password</h1>
      {token === "" ? (
        <Notice tone="warn">This address is incomplete. Open the whole link from the mail.</Notice>
      ) : link.isPending ? (
        <Skeleton label="Checking the link" />
      ) : link.isError ? (
        <ErrorState error={link.error} actions={<Link to="/forgot-password">Send a new link</Link>} />
      ) : (
        <ResetForm token={token} minimumLength={link.data.minimumPasswordLength} />
      )}
    </>
  );
}

function ResetForm({ token, minimumLength }: { token: string; minimumLength: number }) {
  const navigate = useNavigate();
  const [password, setPassword] = useState("");
  const reset = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/password-reset/complete", { body: { token, password } })),
    onSuccess: async () => {
      tell("Your password is changed, and every other session has ended. Log in with the new one.");
      await navigate({ to: "/login" });
    },
  });
  const refusal = formError(reset.error, ["password"]);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        reset.mutate();
      }}
    >
      <NewPassword
        label="New password"
        value={password}
        minimumLength={minimumLength}
        error={fieldError(reset.error, "password")}
        onChange={setPassword}
      />
      {refusal && <Notice tone="danger">{refusal}</Notice>}
      <Button type="submit" variant="filled" size="lg" fullWidth loading={reset.isPending}>
        Change it
      </Button>
    </form>
  );
}
