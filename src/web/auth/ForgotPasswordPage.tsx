import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { fieldError, formError } from "../parts/fields";
import { Notice } from "../parts/Notice";
import { useTitle } from "../parts/title";
import css from "./form.module.css";

/** Asks for a link; the answer is the same whether the account exists or not. */
export function ForgotPasswordPage() {
  useTitle("Forgot your password");
  const [email, setEmail] = useState("");
  const request = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/password-reset", { body: { email: email.trim() } })),
  });
  const refusal = formError(request.error, ["email"]);
  return (
    <>
      <h1 className={css.heading}>New password</h1>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          request.mutate();
        }}
      >
        <p className={css.lead}>We mail you a link. It works once, for 30 minutes, and your one-time codes stay as they are.</p>
        {request.isSuccess ? (
          <Notice tone="ok" title="Look into your mail">
            If {email.trim()} has an account here, a link is on its way.
          </Notice>
        ) : (
          <>
            <TextInput
              size="lg"
              label="Work email"
              type="email"
              autoComplete="username"
              autoFocus
              required
              withAsterisk={false}
              value={email}
              error={fieldError(request.error, "email")}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            {refusal && <Notice tone="danger">{refusal}</Notice>}
            <Button type="submit" variant="filled" size="lg" fullWidth loading={request.isPending}>
              Send the link
            </Button>
          </>
        )}
        <p className={css.links}>
          <Link to="/login">Back to log in</Link>
        </p>
      </form>
    </>
  );
}
