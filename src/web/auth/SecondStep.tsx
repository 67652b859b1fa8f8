import { Button, Checkbox, TextInput, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { type Schemas, api, unwrap } from "../app/api";
import { ProblemError } from "../app/problem";
import { type SessionState, takeSession } from "../app/session";
import { refusalOf } from "../parts/fields";
import { Notice } from "../parts/Notice";
import { useNow } from "../parts/now";
import { countdownText } from "../parts/time";
import { CodeInput } from "./CodeInput";
import { type Method, isComplete, readCode } from "./code";
import css from "./form.module.css";

type AwaitedStep = NonNullable<SessionState["secondStep"]>;

interface SecondStepProps {
  step: AwaitedStep;
  /** Whose sign-in this is. */
  who?: ReactNode;
  onPassed: (state: SessionState) => unknown;
  /** The half-login is over: only the start helps. */
  onExpired: () => void;
}

const WAYS: Record<Method, string> = {
  totp: "Use authenticator app",
  email: "Email me a code",
  recovery: "Use a recovery code",
};

/** Asks for a code of any kind the person has; shared by signing in and by confirming who one is later. */
export function SecondStep({ step, who, onPassed, onExpired }: SecondStepProps) {
  const id = useId();
  const [method, setMethod] = useState<Method>(step.methods[0] ?? "recovery");
  const [code, setCode] = useState("");
  const [isTrusted, setTrusted] = useState(false);

  const sendEmail = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/second-step/email")),
    onSuccess: takeSession,
  });
  const pass = useMutation({
    mutationFn: (body: Schemas["SecondStepCode"]) => unwrap(api.POST("/api/v1/auth/second-step", { body })),
    onSuccess: onPassed,
    onError: (error) => {
      setCode("");
      if (error instanceof ProblemError && error.kind === "sign-in-expired") onExpired();
    },
  });
  const submit = (complete: string) => pass.mutate({ method, code: complete, trustDevice: isTrusted });

  const hasAsked = useRef(false);
  const mayAsk = method === "email" && step.emailSentAt === null;
  useEffect(() => {
    if (!mayAsk || hasAsked.current) return;
    hasAsked.current = true;
    sendEmail.mutate();
  });

  const choose = (next: Method) => {
    setMethod(next);
    setCode("");
    pass.reset();
    sendEmail.reset();
  };
  const refusal = refusalOf(pass.error ?? sendEmail.error);

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit(code);
      }}
    >
      <Lead method={method} step={step} isSending={sendEmail.isPending} />
      {who}
      {method === "recovery" ? (
        <TextInput
          size="lg"
          label="Recovery code"
          description="24 letters and digits. Each works once."
          autoComplete="off"
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      ) : (
        <CodeInput
          key={method}
          method={method}
          value={code}
          onChange={setCode}
          onComplete={submit}
          isDisabled={pass.isPending}
          isWrong={pass.isError && code === ""}
          describedBy={`${id}-error`}
        />
      )}
      <div id={`${id}-error`}>{refusal && <Notice tone="danger">{refusal}</Notice>}</div>
      {step.mayTrustDevice && (
        <Checkbox
          label="Trust this device for 30 days"
          checked={isTrusted}
          onChange={(event) => setTrusted(event.currentTarget.checked)}
        />
      )}
      <Button
        type="submit"
        variant="filled"
        size="lg"
        fullWidth
        loading={pass.isPending}
        disabled={!isComplete(readCode(code, method), method)}
      >
        Continue
      </Button>
      <div className={css.links}>
        {method === "email" && <Resend step={step} isSending={sendEmail.isPending} onSend={() => sendEmail.mutate()} />}
        {step.methods
          .filter((each) => each !== method)
          .map((each) => (
            <UnstyledButton key={each} className={css.linkButton} onClick={() => choose(each)}>
              {WAYS[each]}
            </UnstyledButton>
          ))}
      </div>
    </form>
  );
}

function Lead({ method, step, isSending }: { method: Method; step: AwaitedStep; isSending: boolean }) {
  const now = useNow();
  switch (method) {
    case "totp":
      return <p className={css.lead}>Open your authenticator app and enter the 6 digits it shows for Gridlens.</p>;
    case "recovery":
      return <p className={css.lead}>Enter one of the recovery codes you saved when you set up your sign-in.</p>;
    case "email": {
      if (isSending || !step.emailExpiresAt) return <p className={css.lead}>Sending a code to your email…</p>;
      const left = Date.parse(step.emailExpiresAt) - now;
      if (left <= 0) return <p className={css.lead}>The code we sent has expired. Send a new one.</p>;
      return (
        <p className={css.lead}>
          We sent an 8-digit code to your email. It works once and expires in{" "}
          <span className={css.count}>{countdownText(left)}</span>.
        </p>
      );
    }
  }
}

function Resend({ step, isSending, onSend }: { step: AwaitedStep; isSending: boolean; onSend: () => void }) {
  const now = useNow();
  const wait = step.emailResendAt ? Date.parse(step.emailResendAt) - now : 0;
  if (wait > 0)
    return (
      <span>
        Send a new code in <span className={css.count}>{countdownText(wait)}</span>
      </span>
    );
  return (
    <UnstyledButton className={css.linkButton} disabled={isSending} onClick={onSend}>
      Send a new code
    </UnstyledButton>
  );
}
