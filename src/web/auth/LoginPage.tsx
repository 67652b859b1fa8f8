import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { fieldError, formError } from "../parts/fields";
import { Notice } from "../parts/Notice";
import { useTitle } from "../parts/title";
import css from "./form.module.css";
import { useGoOn } from "./go-on";

/** Email and password; the code comes on the next page. */
export function LoginPage() {
  useTitle("Log in");
  return (
    <>
      <h1 className={css.heading}>Log in</h1>
      <p className={css.lead}>With your password first, then with a one-time code.</p>
      <LoginForm />
    </>
  );
}

/** `enrolmentToken` comes from an administrator's link after they reset somebody's codes. */
export function LoginForm({ enrolmentToken }: { enrolmentToken?: string }) {
  const goOn = useGoOn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const logIn = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/v1/auth/login", {
          body: { email: email.trim(), password, ...(enrolmentToken ? { enrolmentToken } : {}) },
        }),
      ),
    onSuccess: goOn,
    onError: () => setPassword(""),
  });
  const refusal = formError(logIn.error, ["email", "password"]);

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        logIn.mutate();
      }}
    >
      <div className={css.fields}>
        <TextInput
          size="lg"
          label="Work email"
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
          value={email}
          error={fieldError(logIn.error, "email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          size="lg"
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          error={fieldError(logIn.error, "password")}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </div>
      {refusal && <Notice tone="danger">{refusal}</Notice>}
      <Button type="submit" variant="filled" size="lg" fullWidth loading={logIn.isPending}>
        Continue
      </Button>
      <p className={css.links}>
        <Link to="/forgot-password">Forgot your password?</Link>
      </p>
    </form>
  );
}
