import { Button, Modal, PasswordInput, getDefaultZIndex } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { type SessionState, takeSession, useSession } from "../app/session";
import { refusalOf } from "../parts/fields";
import { SecondStep } from "./SecondStep";
import css from "./form.module.css";

/** Asks who it really is before something grave, for as long as somebody waits for the answer. */
export default function StepUp({ answer }: { answer: ((isDone: boolean) => void) | null }) {
  const session = useSession();
  const [password, setPassword] = useState("");
  const step = session?.secondStep?.purpose === "step_up" ? session.secondStep : null;

  const close = (isDone: boolean) => {
    setPassword("");
    prove.reset();
    answer?.(isDone);
  };
  const take = (state: SessionState) => {
    takeSession(state);
    if (state.step === "signed_in") close(true);
  };
  const prove = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/step-up", { body: { password } })),
    onSuccess: take,
    onError: () => setPassword(""),
  });
  const isAtCode = prove.isSuccess && step !== null;

  return (
    // The call that was refused often comes from a dialog, which stays open under this one and must not hear its Escape.
    <Modal
      opened={answer !== null}
      onClose={() => close(false)}
      title="Confirm that it is you"
      size={400}
      zIndex={getDefaultZIndex("overlay")}
      closeOnEscape={false}
      onFocusCapture={({ target }) => target.setAttribute("data-mantine-stop-propagation", "true")}
      onKeyDown={({ key }) => key === "Escape" && close(false)}
    >
      {isAtCode ? (
        <SecondStep step={step} onPassed={take} onExpired={() => prove.reset()} />
      ) : (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault();
            prove.mutate();
          }}
        >
          <p className={css.lead}>
            This changes who can get in, who sees what, or where data goes, so we ask again. It holds for 10 minutes.
          </p>
          <PasswordInput
            size="md"
            label="Your password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus
            value={password}
            error={refusalOf(prove.error)}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled" size="md" fullWidth loading={prove.isPending}>
            Continue
          </Button>
        </form>
      )}
    </Modal>
  );
}
