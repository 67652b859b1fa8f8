import { Button, CopyButton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api, unwrap } from "../app/api";
import { type SessionState, takeSession } from "../app/session";
import { refusalOf } from "../parts/fields";
import { Icon } from "../parts/Icon";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { CodeInput } from "./CodeInput";
import css from "./TotpEnrolment.module.css";
import form from "./form.module.css";
import { imageOf } from "./qr";

interface TotpEnrolmentProps {
  /** The recovery codes are empty when a set already exists. */
  onDone: (recoveryCodes: string[], state: SessionState) => void;
}

/** Shows the key as a picture and in letters, and takes the first code from the app. */
export function TotpEnrolment({ onDone }: TotpEnrolmentProps) {
  const id = useId();
  const [code, setCode] = useState("");
  // A query, so that React's double mounting or a second look does not make a second key.
  const key = useQuery({
    queryKey: ["totp-enrolment"],
    queryFn: () => unwrap(api.POST("/api/v1/auth/factors/totp")),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const confirm = useMutation({
    mutationFn: (complete: string) =>
      unwrap(api.POST("/api/v1/auth/factors/totp/confirm", { body: { code: complete, trustDevice: false } })),
    onSuccess: ({ recoveryCodes, state }) => {
      takeSession(state);
      onDone(recoveryCodes, state);
    },
    onError: () => setCode(""),
  });
  if (key.isPending) return <Skeleton label="Making a key" />;
  if (key.isError) return <ErrorState error={key.error} onRetry={() => void key.refetch()} />;
  const refusal = refusalOf(confirm.error);

  return (
    <div className={form.form}>
      <ol className={css.steps}>
        <li>
          Scan this with an authenticator app on your phone.
          <img
            className={css.picture}
            alt="QR code with the key for your authenticator app"
            src={imageOf(key.data.qrSvg)}
            width={176}
            height={176}
          />
          <details className={css.key}>
            <summary>Type the key instead</summary>
            <code>{key.data.secret}</code>{" "}
            <CopyButton value={key.data.secret.replaceAll(" ", "")}>
              {({ copied, copy }) => (
                <Button size="xs" variant="subtle" leftSection={<Icon name={copied ? "check" : "copy"} size={14} />} onClick={copy}>
                  {copied ? "Copied" : "Copy"}
                </Button>
              )}
            </CopyButton>
          </details>
        </li>
        <li>
          Enter the 6 digits that it shows.
          <div className={css.code}>
            <CodeInput
              method="totp"
              value={code}
              onChange={setCode}
              onComplete={(complete) => confirm.mutate(complete)}
              isDisabled={confirm.isPending}
              isWrong={confirm.isError && code === ""}
              describedBy={`${id}-error`}
            />
          </div>
        </li>
      </ol>
      <div id={`${id}-error`}>{refusal && <Notice tone="danger">{refusal}</Notice>}</div>
    </div>
  );
}
