import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Schemas, api, unwrap } from "../../app/api";
import { Card, CardFoot, CardList, CardRow } from "../../parts/Card";
import { confirmInWords } from "../../parts/confirm";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { useLocale } from "../../parts/locale";
import { useNow } from "../../parts/now";
import { Skeleton } from "../../parts/Skeleton";
import { ErrorState } from "../../parts/State";
import { Tag } from "../../parts/Tag";
import { dateText, whenText } from "../../parts/time";
import { tell, tellProblem } from "../../parts/toast";

const SESSIONS = ["sessions"];
const DEVICES = ["devices"];

/** Browsers that are logged in, and those that may skip the code. */
export function SessionsCard() {
  const client = useQueryClient();
  const sessions = useQuery({ queryKey: SESSIONS, queryFn: () => unwrap(api.GET("/api/v1/auth/sessions")) });
  const devices = useQuery({ queryKey: DEVICES, queryFn: () => unwrap(api.GET("/api/v1/auth/devices")) });
  const again = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: SESSIONS }),
      client.invalidateQueries({ queryKey: DEVICES }),
    ]);
  };
  const endOthers = useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/auth/sessions")),
    onSuccess: async () => {
      await again();
      tell("Every other session has ended.");
    },
    onError: tellProblem,
  });
  const end = useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE("/api/v1/auth/sessions/{session_id}", { params: { path: { session_id: id } } })),
    onSuccess: again,
    onError: tellProblem,
  });
  const forget = useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE("/api/v1/auth/devices/{device_id}", { params: { path: { device_id: id } } })),
    onSuccess: async () => {
      await again();
      tell("That device is asked for a code again.");
    },
    onError: tellProblem,
  });

  return (
    <Card
      title="Where you are logged in"
      isRuled
      actions={
        (sessions.data?.length ?? 0) > 1 && (
          <Button
            size="xs"
            color="danger"
            onClick={() =>
              confirmInWords({
                title: "Log out everywhere else?",
                effect: "Every other browser is logged out at once. This one stays.",
                confirm: "Log out others",
                run: () => endOthers.mutateAsync(),
              })
            }
          >
            Log out others
          </Button>
        )
      }
    >
      {sessions.isPending ? (
        <Skeleton shape="rows" />
      ) : sessions.isError ? (
        <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : (
        <CardList>
          {sessions.data.map((session) => (
            <SessionRow key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
          ))}
        </CardList>
      )}
      {devices.data && devices.data.length > 0 && (
        <>
          <CardFoot>Trusted devices are not asked for a code for 30 days.</CardFoot>
          <CardList label="Trusted devices">
            {devices.data.map((device) => (
              <DeviceRow key={device.id} device={device} onForget={() => forget.mutate(device.id)} />
            ))}
          </CardList>
        </>
      )}
    </Card>
  );
}

function pictureOf(device: string) {
  return <Icon name={/iphone|android|ipad|phone/iu.test(device) ? "phone" : "laptop"} />;
}

function SessionRow({ session, onEnd }: { session: Schemas["SessionOut"]; onEnd: () => void }) {
  const reading = useLocale();
  const now = new Date(useNow(30_000));
  const trust = session.trustedUntil ? `trusted until ${dateText(new Date(session.trustedUntil), reading)}` : "not trusted";
  return (
    <CardRow
      icon={pictureOf(session.device)}
      title={
        <>
          {session.device} {session.isCurrent && <Tag tone="accent">This session</Tag>}
        </>
      }
      sub={`${session.address}, ${trust}`}
    >
      {session.isCurrent ? "now" : whenText(new Date(session.seenAt), now, reading)}
      {!session.isCurrent && (
        <IconButton icon="signOut" size="xs" label={`Log out ${session.device}`} onClick={onEnd} />
      )}
    </CardRow>
  );
}

function DeviceRow({ device, onForget }: { device: Schemas["DeviceOut"]; onForget: () => void }) {
  const reading = useLocale();
  return (
    <CardRow
      icon={pictureOf(device.device)}
      title={
        <>
          {device.device} {device.isCurrent && <Tag tone="accent">This device</Tag>}
        </>
      }
      sub={`${device.address}, until ${dateText(new Date(device.expiresAt), reading)}`}
    >
      <IconButton icon="close" size="xs" label={`Stop trusting ${device.device}`} onClick={onForget} />
    </CardRow>
  );
}
