import { Button, Checkbox, Switch, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Schemas, api, unwrap } from "../../app/api";
import { Card } from "../../parts/Card";
import { fieldError, formError } from "../../parts/fields";
import { Notice } from "../../parts/Notice";
import { Skeleton } from "../../parts/Skeleton";
import { ErrorState } from "../../parts/State";
import { tell } from "../../parts/toast";
import { ROLES } from "../roles";
import { Heading } from "./Heading";
import css from "./settings.module.css";

const POLICY = ["sign-in-policy"];

type Policy = Schemas["SignInPolicy"];

/** Who needs a one-time code, and which kinds are good enough. */
export function SignInPolicyPage() {
  const policy = useQuery({ queryKey: POLICY, queryFn: () => unwrap(api.GET("/api/v1/auth/policy")) });
  return (
    <div className={css.narrow}>
      <Heading title="Sign-in rules">For everybody in the organisation.</Heading>
      {policy.isPending ? (
        <Skeleton shape="rows" />
      ) : policy.isError ? (
        <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />
      ) : (
        <PolicyForm key={JSON.stringify(policy.data)} saved={policy.data} />
      )}
    </div>
  );
}

function PolicyForm({ saved }: { saved: Policy }) {
  const client = useQueryClient();
  const [policy, setPolicy] = useState(saved);
  const change = (part: Partial<Policy>) => setPolicy({ ...policy, ...part });
  const save = useMutation({
    mutationFn: () => unwrap(api.PUT("/api/v1/auth/policy", { body: policy })),
    onSuccess: (now) => {
      client.setQueryData(POLICY, now);
      tell("The sign-in rules are saved.");
    },
  });
  const refusal = formError(save.error, ["organisation"]);
  return (
    <Card title="Rules" isRuled isPadded>
      <form
        className={css.rows}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label="Name of the organisation"
          required
          withAsterisk={false}
          maxLength={200}
          value={policy.organisation}
          error={fieldError(save.error, "organisation")}
          onChange={(event) => change({ organisation: event.currentTarget.value })}
        />
        <Switch
          label="Everybody needs a one-time code"
          checked={policy.otpForEveryone}
          onChange={(event) => change({ otpForEveryone: event.currentTarget.checked })}
        />
        {!policy.otpForEveryone && (
          <Checkbox.Group
            label="Roles that need one"
            value={policy.otpRoles}
            onChange={(chosen) =>
              change({ otpRoles: ROLES.map(({ value }) => value).filter((value) => chosen.includes(value)) })
            }
          >
            <div className={css.scopes}>
              {ROLES.map(({ value, label }) => (
                <Checkbox key={value} value={value} label={label} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        <Switch
          label="Codes by email are allowed"
          description="They are the weakest kind: whoever reads the mail reads the code."
          checked={policy.emailCodesAllowed}
          onChange={(event) => change({ emailCodesAllowed: event.currentTarget.checked })}
        />
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <div className={css.buttons}>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  );
}
