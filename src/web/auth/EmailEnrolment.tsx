import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { type SessionState, takeSession } from "../app/session";
import { refusalOf } from "../parts/fields";
import { Notice } from "../parts/Notice";
import { CodeInput } from "./CodeInput";
import css from "./form.module.css";

/** Proves that mail arrives before codes are sent that way. */
export function EmailEnrolment({ onDone }: { onDone: (state: SessionState) => void }) {
  const [code, setCode] = useState("");
  const send = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/second-step/email")),
    onSuccess: takeSession,
  });
  const pass = useMutation({
    mutationFn: (complete: string) =>
      unwrap(api.POST("/api/v1/auth/second-step", { body: { method: "email", code: complete, trustDevice: false } })),
    onSuccess: onDone,
    onError: () => setCode(""),
  });
  const refusal = refusalOf(pass.error ?? send.error);
  return (
    <div className={css.form}>
      <p className={css.lead}>Every time you log in we mail you a code of 8 digits. Try it once now.</p>
      {send.isSuccess && (
        <CodeInput
          method="email"
          value={code}
          onChange={setCode}
          onComplete={(complete) => pass.mutate(complete)}
          isDisabled={pass.isPending}
          isWrong={pass.isError && code === ""}
        />
      )}
      {refusal && <Notice tone="danger">{refusal}</Notice>}
      <Button
        variant={send.isSuccess ? "default" : "filled"}
        size="lg"
        fullWidth
        loading={send.isPending}
        onClick={() => send.mutate()}
      >
        {send.isSuccess ? "Send a new code" : "Send me a code"}
      </Button>
    </div>
  );
}
