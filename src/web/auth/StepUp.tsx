import { Button, Modal, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, unwrap } from "../app/api";
import { type SessionState, offerStepUp, takeSession, useSession } from "../app/session";
import { refusalOf } from "../parts/fields";
import { SecondStep } from "./SecondStep";
import css from "./form.module.css";

/** Asks who it really is before something grave; any refused call that needs it opens this dialog and is repeated. */
export default function StepUp() {
  const session = useSession();
  const answer = useRef<((isDone: boolean) => void) | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [password, setPassword] = useState("");
  const step = session?.secondStep?.purpose === "step_up" ? session.secondStep : null;

  useEffect(
    () =>
      offerStepUp(
        () =>
          new Promise<boolean>((resolve) => {
            answer.current = resolve;
            setOpen(true);
          }),
      ),
    [],
  );
  const close = (isDone: boolean) => {
    setOpen(false);
    setPassword("");
    prove.reset();
    answer.current?.(isDone);
    answer.current = null;
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
    <Modal opened={isOpen} onClose={() => close(false)} title="Confirm that it is you" size={400}>
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
          <p className={css.lead}>This changes who can get in, so we ask again. It holds for 10 minutes.</p>
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
