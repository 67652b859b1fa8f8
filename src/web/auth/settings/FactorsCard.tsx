import { Button, Menu, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../../app/api";
import { Card, CardList, CardRow } from "../../parts/Card";
import { confirmInWords } from "../../parts/confirm";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { useLocale } from "../../parts/locale";
import { countText } from "../../parts/number";
import { Skeleton } from "../../parts/Skeleton";
import { ErrorState } from "../../parts/State";
import { Tag } from "../../parts/Tag";
import { dateText } from "../../parts/time";
import { tell, tellProblem } from "../../parts/toast";
import { RecoveryCodes } from "../RecoveryCodes";
import { TotpEnrolment } from "../TotpEnrolment";

const KEY = ["factors"];

/** The ways to get a one-time code. */
export function FactorsCard() {
  const client = useQueryClient();
  const reading = useLocale();
  const [isAdding, setAdding] = useState(false);
  const [codes, setCodes] = useState<string[]>([]);
  const factors = useQuery({ queryKey: KEY, queryFn: () => unwrap(api.GET("/api/v1/auth/factors")) });
  const again = () => client.invalidateQueries({ queryKey: KEY });

  const setEmail = useMutation({
    mutationFn: (enabled: boolean) => unwrap(api.PUT("/api/v1/auth/factors/email", { body: { enabled } })),
    onSuccess: again,
    onError: tellProblem,
  });
  const removeTotp = useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/auth/factors/totp")),
    onSuccess: async () => {
      await again();
      tell("The authenticator app is removed. Its codes no longer work.");
    },
    onError: tellProblem,
  });
  const renewCodes = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/factors/recovery-codes")),
    onSuccess: async (made) => {
      setCodes(made.recoveryCodes);
      await again();
    },
    onError: tellProblem,
  });

  const askRemove = () =>
    confirmInWords({
      title: "Remove the authenticator app?",
      effect: "Its codes stop working at once. You then log in with codes by email or recovery codes.",
      confirm: "Remove it",
      run: () => removeTotp.mutateAsync(),
    });
  const askRenew = () =>
    confirmInWords({
      title: "Make new recovery codes?",
      effect: "You get ten new codes, and every earlier one stops working.",
      confirm: "Make new codes",
      run: () => renewCodes.mutateAsync(),
    });

  return (
    <Card
      title="Ways to log in"
      isRuled
      actions={
        factors.data && !factors.data.totp ? (
          <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>
            Add authenticator
          </Button>
        ) : undefined
      }
    >
      {factors.isPending ? (
        <Skeleton shape="rows" />
      ) : factors.isError ? (
        <ErrorState error={factors.error} onRetry={() => void factors.refetch()} />
      ) : (
        <CardList>
          <CardRow icon={<Icon name="mail" />} title="Code by email" sub={factors.data.email.address}>
            <OnOff isOn={factors.data.email.enabled} />
            {factors.data.email.mayChange && (
              <More label="More for codes by email">
                <Menu.Item onClick={() => setEmail.mutate(!factors.data.email.enabled)}>
                  {factors.data.email.enabled ? "Switch off" : "Switch on"}
                </Menu.Item>
              </More>
            )}
          </CardRow>
          <CardRow
            icon={<Icon name="phone" />}
            title="Authenticator app"
            sub={
              factors.data.totp
                ? `added ${factors.data.totp.addedAt ? dateText(new Date(factors.data.totp.addedAt), reading) : ""}`
                : "not set up"
            }
          >
            <OnOff isOn={factors.data.totp !== null} />
            {factors.data.totp && (
              <More label="More for the authenticator app">
                <Menu.Item onClick={() => setAdding(true)}>Replace it</Menu.Item>
                <Menu.Item color="danger" onClick={askRemove}>
                  Remove it
                </Menu.Item>
              </More>
            )}
          </CardRow>
          <CardRow
            icon={<Icon name="key" />}
            title="Recovery codes"
            sub={
              factors.data.recoveryCodesLeft === 0
                ? "for when every other way is lost"
                : `${countText(factors.data.recoveryCodesLeft, "code", "codes", reading.locale)} left`
            }
          >
            {factors.data.recoveryCodesLeft < 3 && (
              <Tag tone="warn" icon="warning">
                {factors.data.recoveryCodesLeft === 0 ? "None left" : "Few left"}
              </Tag>
            )}
            <Button size="xs" onClick={askRenew}>
              New codes
            </Button>
          </CardRow>
        </CardList>
      )}
      <Modal opened={isAdding} onClose={() => setAdding(false)} title="Authenticator app" size={420}>
        {isAdding && (
          <TotpEnrolment
            onDone={(made) => {
              setAdding(false);
              setCodes(made);
              void again();
              tell("The authenticator app is set up.");
            }}
          />
        )}
      </Modal>
      <Modal
        opened={codes.length > 0}
        onClose={() => setCodes([])}
        title="Save your recovery codes"
        size={420}
        withCloseButton={false}
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <RecoveryCodes codes={codes} onSaved={() => setCodes([])} />
      </Modal>
    </Card>
  );
}

function OnOff({ isOn }: { isOn: boolean }) {
  return isOn ? (
    <Tag tone="ok" icon="check">
      On
    </Tag>
  ) : (
    <Tag>Off</Tag>
  );
}

function More({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton icon="more" label={label} size="xs" />
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
