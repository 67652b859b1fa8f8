import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { api, unwrap } from "../app/api";
import { asProblem } from "../app/problem";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { EmptyState } from "../parts/State";
import { tell } from "../parts/toast";
import { type Connection, renewSources } from "./calls";
import css from "./ConnectForm.module.css";
import { KindTiles } from "./KindTiles";
import { Steps } from "./Steps";

interface Wanted {
  connection: Connection;
  password: string;
  /** What the source is called where no name is given. */
  fallbackName: string;
}

/** A source on its way in: it is tried, then saved, and then its page opens. */
export function useConnecting({ connection, password, fallbackName }: Wanted) {
  const { zone: ownZone } = useLocale();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [zone, setZone] = useState(ownZone);
  const test = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/sources/test", { body: { connection, password, sourceId: null } })),
  });
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/v1/sources", {
          body: { name: name.trim() || fallbackName, connection, password, zone, anchorsToNewest: false },
        }),
      ),
    onSuccess: async ({ source }) => {
      await renewSources();
      tell(`${source.name} is connected; its tables are being read.`);
      void navigate({ to: "/sources/$id", params: { id: source.sourceId }, search: {} });
    },
  });
  const failure = save.error ?? test.error;
  return {
    name,
    setName,
    zone,
    setZone,
    test,
    save,
    problem: failure ? asProblem(failure) : null,
    /** What was tried is no longer what stands in the form. */
    forget: () => {
      test.reset();
      save.reset();
    },
  };
}

interface Props {
  kind: Connection["kind"];
  connecting: ReturnType<typeof useConnecting>;
  isFilled: boolean;
  namePlaceholder: string;
  /** What has to be known before the first field. */
  lead?: ReactNode;
  /** The fields that say where the data is. */
  children: ReactNode;
  /** The good news of a test. */
  found: ReactNode;
  /** What a test will tell. */
  promise: string;
}

/** The page of any connection: name, fields, time zone, test and save, beside what comes next. */
export function ConnectFrame({ kind, connecting, isFilled, namePlaceholder, lead, children, found, promise }: Props) {
  const { name, setName, zone, setZone, test, save, problem } = connecting;
  return (
    <>
      <Steps names={["Choose", "Connect", "Check what is inside", "Ready"]} at={1} />
      <form
        className={css.split}
        onSubmit={(event) => {
          event.preventDefault();
          if (test.isSuccess) save.mutate();
          else test.mutate();
        }}
      >
        <Card isPadded>
          <KindTiles chosen={kind} />
          <div className={css.fields}>
            {lead}
            <TextInput
              label="Name"
              placeholder={namePlaceholder}
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            {children}
            <NativeSelect
              label="Time zone of times without one"
              value={zone}
              onChange={(event) => setZone(event.currentTarget.value)}
              data={[...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])]}
            />
            {problem && (
              <Notice tone="danger" title={problem.title}>
                {problem.message}
              </Notice>
            )}
            {found}
            {test.data?.warnings.map((warning) => (
              <Notice key={warning} tone="warn">
                {warning}
              </Notice>
            ))}
            <div className={css.buttons}>
              <Button
                leftSection={<Icon name="bolt" />}
                disabled={!isFilled}
                loading={test.isPending}
                onClick={() => test.mutate()}
              >
                Test
              </Button>
              <Button type="submit" variant="filled" disabled={!isFilled} loading={save.isPending}>
                {test.isSuccess ? "Connect" : "Test, then connect"}
              </Button>
            </div>
          </div>
        </Card>
        <Card title="What is inside" isRuled>
          {test.data ? (
            <EmptyState icon="database" title="Ready to be connected">
              Then its tables are read, each column gets a role and a unit, and you can correct them.
            </EmptyState>
          ) : (
            <EmptyState icon="bolt" title="Not connected yet">
              {promise}
            </EmptyState>
          )}
        </Card>
      </form>
    </>
  );
}
