import { UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, unwrap } from "../app/api";
import { queryClient } from "../app/query";
import { sessionQuery, useSession } from "../app/session";
import { Avatar } from "../parts/Avatar";
import { useTitle } from "../parts/title";
import { SecondStep } from "./SecondStep";
import css from "./form.module.css";
import { useGoOn } from "./go-on";

/** The second step of signing in. */
export function CodePage() {
  useTitle("Enter your code");
  const goOn = useGoOn();
  const navigate = useNavigate();
  const step = useSession()?.secondStep;
  const startAgain = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/logout")),
    onSettled: async () => {
      await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
      await navigate({ to: "/login", search: true });
    },
  });
  if (!step) return null;

  return (
    <>
      <h1 className={css.heading}>Enter your code</h1>
      <SecondStep
        step={step}
        who={
          <p className={css.who}>
            <Avatar name={step.email} />
            <span>{step.email}</span>
            <UnstyledButton className={css.linkButton} onClick={() => startAgain.mutate()}>
              Change
            </UnstyledButton>
          </p>
        }
        onPassed={goOn}
        onExpired={() => startAgain.mutate()}
      />
    </>
  );
}
