import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, type Schemas, unwrap } from "../../app/api";
import { Icon } from "../../parts/Icon";
import { tellProblem, tellUndo } from "../../parts/toast";
import { at, renewTerms, TERMS, takeBack } from "./calls";

interface VerifyButtonProps {
  sourceId: string;
  question: string;
  plan: Schemas["QueryPlan"] | null;
  sql: string | null;
  onVerified: () => void;
}

/** Vouches for the answer as it stands: whoever asks in these words gets it from now on. */
export function VerifyButton({ sourceId, question, plan, sql, onVerified }: VerifyButtonProps) {
  const verify = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST(`${TERMS}/questions`, {
          params: at(sourceId),
          body: { question, plan, sql: plan ? null : sql },
        }),
      ),
    onSuccess: async (change) => {
      onVerified();
      await renewTerms(sourceId);
      tellUndo("Verified: these words have this answer for everybody.", () => takeBack(sourceId, change));
    },
    onError: (error) => tellProblem(error),
  });
  return (
    <Button
      leftSection={<Icon name="check" />}
      disabled={!plan && !sql}
      loading={verify.isPending}
      onClick={() => verify.mutate()}
    >
      Verify
    </Button>
  );
}
