import { Button, UnstyledButton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { queryClient } from "../app/query";
import { Page } from "../app/shell/Page";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { bytesText } from "../parts/number";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { whenText } from "../parts/time";
import { tellProblem } from "../parts/toast";
import { mailQuery, mailsQuery } from "./calls";
import css from "./MailboxPage.module.css";

/** What the demo has mailed, as a recipient would see it. */
export function MailboxPage() {
  const mails = useQuery(mailsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const opened = chosen ?? mails.data?.[0]?.mailId ?? null;
  const reading = useLocale();
  const now = new Date(useNow(30_000));
  const empty = useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/mailbox")),
    onSuccess: async () => {
      setChosen(null);
      await queryClient.invalidateQueries({ queryKey: ["mailbox"] });
    },
    onError: (error) => tellProblem(error),
  });
  return (
    <Page
      title="Mailbox"
      actions={
        <Button
          leftSection={<Icon name="trash" />}
          disabled={!mails.data?.length}
          loading={empty.isPending}
          onClick={() => empty.mutate()}
        >
          Empty
        </Button>
      }
    >
      {mails.isPending && <Skeleton shape="rows" />}
      {mails.isError && <ErrorState error={mails.error} onRetry={() => void mails.refetch()} />}
      {mails.data?.length === 0 && (
        <Card>
          <EmptyState icon="inbox" title="No mail yet">
            The demo sends no mail into the world. Codes, reports and invitations arrive here.
          </EmptyState>
        </Card>
      )}
      {mails.data && mails.data.length > 0 && (
        <div className={css.split}>
          <Card>
            <ul className={css.list} aria-label="Mails">
              {mails.data.map((mail) => (
                <li key={mail.mailId}>
                  <UnstyledButton
                    className={css.mail}
                    aria-current={mail.mailId === opened || undefined}
                    onClick={() => setChosen(mail.mailId)}
                  >
                    <span className={css.subject} data-unread={!mail.isRead || undefined}>
                      {mail.subject}
                    </span>
                    <span className={css.under}>
                      {mail.recipient} · {whenText(new Date(mail.receivedAt), now, reading)}
                    </span>
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </Card>
          {opened && <Mail key={opened} id={opened} />}
        </div>
      )}
    </Page>
  );
}

function Mail({ id }: { id: string }) {
  const { locale } = useLocale();
  const mail = useQuery(mailQuery(id));
  if (mail.isPending) return <Skeleton shape="text" />;
  if (mail.isError) return <ErrorState error={mail.error} onRetry={() => void mail.refetch()} />;
  const { subject, sender, recipient, text, hasHtml, attachments } = mail.data;
  return (
    <Card title={subject} sub={`${sender} → ${recipient}`} isRuled>
      {hasHtml ? (
        <iframe className={css.page} title={subject} sandbox="allow-popups allow-popups-to-escape-sandbox" src={`/api/v1/mailbox/${id}/page`} />
      ) : (
        <pre className={css.text}>{text}</pre>
      )}
      {attachments.length > 0 && (
        <ul className={css.attachments} aria-label="Attachments">
          {attachments.map((part) => (
            <li key={part.index}>
              <a href={`/api/v1/mailbox/${id}/attachments/${part.index}`} download>
                <Icon name="file" size={14} /> {part.filename}, {bytesText(part.sizeBytes, locale)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
