import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../../app/api";
import { ProblemError } from "../../app/problem";
import { takeSession, useSession } from "../../app/session";
import { Card } from "../../parts/Card";
import { fieldError, formError, refusalOf } from "../../parts/fields";
import { Notice } from "../../parts/Notice";
import { tell } from "../../parts/toast";
import { NewPassword } from "../AccountFields";
import css from "./settings.module.css";

export function PasswordCard() {
  const minimumLength = useSession()?.minimumPasswordLength ?? 15;
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () =>
      unwrap(api.PUT("/api/v1/auth/password", { body: { currentPassword: current, newPassword: next } })),
    onSuccess: (state) => {
      takeSession(state);
      setCurrent("");
      setNext("");
      tell("Your password is changed, and every other session has ended.");
    },
  });
  const isCurrentWrong = change.error instanceof ProblemError && change.error.kind === "wrong-password";
  const refusal = formError(change.error, ["password"]);
  return (
    <Card title="Password" isRuled isPadded>
      <form
        className={css.fields}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <PasswordInput
          size="md"
          label="Current password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          error={isCurrentWrong ? refusalOf(change.error) : undefined}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPassword
          label="New password"
          value={next}
          minimumLength={minimumLength}
          error={isCurrentWrong ? undefined : fieldError(change.error, "password")}
          onChange={setNext}
        />
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <div className={css.buttons}>
          <Button type="submit" disabled={!current || !next} loading={change.isPending}>
            Change password
          </Button>
        </div>
      </form>
    </Card>
  );
}
