import { Button, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Schemas, api, unwrap } from "../../app/api";
import { Card } from "../../parts/Card";
import { confirmInWords } from "../../parts/confirm";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { useLocale } from "../../parts/locale";
import { useNow } from "../../parts/now";
import { PlainTable } from "../../parts/PlainTable";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { Tag } from "../../parts/Tag";
import { dateText, whenText } from "../../parts/time";
import { tell, tellProblem } from "../../parts/toast";
import { NewTokenDialog, SecretDialog } from "./NewTokenDialog";
import { SOON_DAYS, daysLeft, isActing, scopeText } from "./scopes";
import css from "./settings.module.css";

export const TOKENS = ["tokens"];
const RENEWED_DAYS = 90;

export function TokensCard({ className }: { className?: string }) {
  const client = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const tokens = useQuery({ queryKey: TOKENS, queryFn: () => unwrap(api.GET("/api/v1/tokens")) });
  const again = () => client.invalidateQueries({ queryKey: TOKENS });
  const renew = useMutation({
    mutationFn: (id: string) =>
      unwrap(
        api.POST("/api/v1/tokens/{token_id}/renew", {
          params: { path: { token_id: id } },
          body: { days: RENEWED_DAYS },
        }),
      ),
    onSuccess: async ({ token }) => {
      setSecret(token);
      await again();
    },
  });
  const revoke = useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id: id } } })),
    onSuccess: async () => {
      await again();
      tell("The token no longer works.");
    },
    onError: tellProblem,
  });

  return (
    <Card
      className={className}
      title="API tokens"
      sub="shown once, stored hashed"
      actions={
        <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>
          New token
        </Button>
      }
    >
      {tokens.isPending ? (
        <Skeleton shape="rows" />
      ) : tokens.isError ? (
        <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} />
      ) : tokens.data.length === 0 ? (
        <EmptyState icon="key" title="No tokens yet">
          Make one for a program that reads answers or sends data in your name.
        </EmptyState>
      ) : (
        <PlainTable
          label="API tokens"
          head={
            <>
              <th>Name</th>
              <th>Starts with</th>
              <th>May</th>
              <th>Last used</th>
              <th>Expires</th>
              <th>
                <VisuallyHidden>What to do</VisuallyHidden>
              </th>
            </>
          }
        >
          {tokens.data.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              onRenew={() =>
                confirmInWords({
                  title: `Renew ${token.name}?`,
                  effect: `You get a new secret that works for ${RENEWED_DAYS} days, and the old one stops working at once.`,
                  confirm: "Renew it",
                  isHarmless: true,
                  run: () => renew.mutateAsync(token.id),
                })
              }
              onRevoke={() =>
                confirmInWords({
                  title: `Revoke ${token.name}?`,
                  effect: "Whatever uses it is refused from now on. This cannot be undone.",
                  confirm: "Revoke it",
                  run: () => revoke.mutateAsync(token.id),
                })
              }
            />
          ))}
        </PlainTable>
      )}
      {isAdding && (
        <NewTokenDialog
          onClose={() => setAdding(false)}
          onMade={(token) => {
            setAdding(false);
            setSecret(token);
            void again();
          }}
        />
      )}
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </Card>
  );
}

function TokenRow({
  token,
  onRenew,
  onRevoke,
}: {
  token: Schemas["ApiTokenOut"];
  onRenew: () => void;
  onRevoke: () => void;
}) {
  const reading = useLocale();
  const now = useNow(60_000);
  const left = daysLeft(token.expiresAt, now);
  return (
    <tr>
      <td data-strong>{token.name}</td>
      <td data-pale>
        <code>{token.startsWith}…</code>
      </td>
      <td>
        <span className={css.tags}>
          {token.scopes.map((scope) => (
            <Tag key={scope} tone={isActing(scope) ? "warn" : "plain"}>
              {scopeText(scope)}
            </Tag>
          ))}
        </span>
      </td>
      <td data-pale={token.usedAt === null || undefined}>
        {token.usedAt ? whenText(new Date(token.usedAt), new Date(now), reading) : "never"}
      </td>
      <td>
        {dateText(new Date(token.expiresAt), reading)}{" "}
        {left <= 0 ? (
          <Tag tone="danger" icon="clock">
            Expired
          </Tag>
        ) : (
          left <= SOON_DAYS && (
            <Tag tone="warn" icon="clock">
              {left} {left === 1 ? "day" : "days"}
            </Tag>
          )
        )}
      </td>
      <td data-right>
        <span className={css.acts}>
          <UnstyledButton className={css.linkButton} onClick={onRenew} aria-label={`Renew ${token.name}`}>
            Renew
          </UnstyledButton>
          <IconButton icon="trash" size="xs" label={`Revoke ${token.name}`} onClick={onRevoke} />
        </span>
      </td>
    </tr>
  );
}
