import { UnstyledButton } from "@mantine/core";
import { Link, Navigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "../app/session";
import { pageOfStep } from "../app/steps";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { useTitle } from "../parts/title";
import { EmailEnrolment } from "./EmailEnrolment";
import { LoginForm } from "./LoginPage";
import { RecoveryCodes } from "./RecoveryCodes";
import { TotpEnrolment } from "./TotpEnrolment";
import type { SessionState } from "../app/session";
import css from "./form.module.css";
import { useGoOn } from "./go-on";
import { useLink } from "./link";

/** The first way to get codes is set up here, before anything else can be seen. */
export function EnrolPage() {
  useTitle("Set up one-time codes");
  const session = useSession();
  const { token } = useLink("enrolment");
  if (!session) return <Skeleton />;
  if (session.step === "password" && token) return <EnrolmentLink />;
  const page = pageOfStep(session);
  // While the recovery codes are on screen the session is already signed in: `Enrolment` moves on itself.
  if (page !== "/enrol" && page !== null) return <Navigate to={page} replace />;
  return <Enrolment />;
}

function EnrolmentLink() {
  const { token, link } = useLink("enrolment");
  return (
    <>
      <h1 className={css.heading}>Set up one-time codes</h1>
      {link.isPending ? (
        <Skeleton label="Checking the link" />
      ) : link.isError ? (
        <ErrorState error={link.error} actions={<Link to="/login">Log in</Link>} />
      ) : (
        <>
          <p className={css.lead}>An administrator reset your codes. Log in with your password, then set up new ones.</p>
          <LoginForm enrolmentToken={token} />
        </>
      )}
    </>
  );
}

function Enrolment() {
  const session = useSession();
  const goOn = useGoOn();
  const [byEmail, setByEmail] = useState(false);
  const [done, setDone] = useState<{ codes: string[]; state: SessionState } | null>(null);
  const finish = (codes: string[], state: SessionState) => {
    if (codes.length > 0) setDone({ codes, state });
    else void goOn(state);
  };

  if (done)
    return (
      <>
        <h1 className={css.heading}>Save your recovery codes</h1>
        <RecoveryCodes codes={done.codes} onSaved={() => void goOn(done.state)} />
      </>
    );
  if (session?.step !== "enrol") return <Navigate to="/" replace />;
  if (byEmail)
    return (
      <>
        <h1 className={css.heading}>Codes by email</h1>
        <EmailEnrolment onDone={(state) => finish([], state)} />
        <UnstyledButton className={css.linkButton} onClick={() => setByEmail(false)}>
          Use an authenticator app instead
        </UnstyledButton>
      </>
    );
  return (
    <>
      <h1 className={css.heading}>Set up one-time codes</h1>
      <TotpEnrolment onDone={finish} />
      {session.enrolment?.mayUseEmail && (
        <Notice tone="info">
          No authenticator app?{" "}
          <UnstyledButton className={css.linkButton} onClick={() => setByEmail(true)}>
            Get codes by email
          </UnstyledButton>
        </Notice>
      )}
    </>
  );
}
