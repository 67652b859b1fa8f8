import { ActionIcon, Button, Modal, NativeSelect } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Schemas, unwrap } from "../app/api";
import { Icon } from "./Icon";
import { Skeleton } from "./Skeleton";
import { EmptyState, ErrorState } from "./State";
import { tell, tellProblem } from "./toast";
import css from "./ShareDialog.module.css";

type Shares = Schemas["Shares"];
type Entry = Shares["entries"][number];
type Access = Entry["access"];
type Role = Extract<Entry, { type: "role" }>["role"];

const ROLES: Record<Role, string> = {
  admin: "Every administrator",
  analyst: "Every analyst",
  viewer: "Every viewer",
};
const ALL_ROLES: readonly Role[] = ["admin", "analyst", "viewer"];
interface Shareable {
  /** "dashboard" or "question", as the dialog speaks of it. */
  kind: "dashboard" | "question";
  name: string;
  ownerId: string | undefined;
  /** What those see who are added. */
  explained: string;
  read: () => Promise<Shares>;
  write: (shares: Shares) => Promise<Shares>;
}

/** Who else sees or edits something of one's own: people, and everybody of a role. */
export function ShareDialog({ shared, onClose }: { shared: Shareable; onClose: () => void }) {
  const people = useQuery({
    queryKey: ["people"],
    queryFn: () => unwrap(api.GET("/api/v1/people")),
  });
  const shares = useQuery({
    queryKey: ["shares", shared.kind, shared.name],
    queryFn: shared.read,
    staleTime: 0,
    gcTime: 0,
  });
  const [changed, setChanged] = useState<Entry[] | null>(null);
  const entries = changed ?? shares.data?.entries ?? [];
  const save = useMutation({
    mutationFn: () => shared.write({ entries }),
    onSuccess: () => {
      tell("Sharing is saved.");
      onClose();
    },
    onError: (error) => tellProblem(error),
  });

  const nameOf = (entry: Entry) =>
    entry.type === "role"
      ? ROLES[entry.role]
      : (people.data?.find((person) => person.userId === entry.userId)?.name ?? "Somebody who has left");
  const keyOf = (entry: Entry) => (entry.type === "role" ? entry.role : entry.userId);
  const taken = new Set(entries.map(keyOf));
  const add = (value: string) => {
    if (!value) return;
    const [type, key = ""] = value.split(":");
    const role = ALL_ROLES.find((each) => each === key);
    if (type === "role" && role) setChanged([...entries, { type: "role", role, access: "view" }]);
    if (type === "user") setChanged([...entries, { type: "user", userId: key, access: "view" }]);
  };
  const setAccess = (entry: Entry, access: Access) =>
    setChanged(entries.map((each) => (each === entry ? { ...each, access } : each)));

  return (
    <Modal opened onClose={onClose} title={`Share “${shared.name}”`}>
      <div className={css.body}>
        {shares.isPending && <Skeleton shape="rows" />}
        {shares.isError && <ErrorState error={shares.error} onRetry={() => void shares.refetch()} />}
        <NativeSelect
          label="Add people or a role"
          value=""
          onChange={(event) => add(event.currentTarget.value)}
          data={[
            { value: "", label: "Choose…" },
            ...ALL_ROLES.filter((role) => !taken.has(role)).map((role) => ({ value: `role:${role}`, label: ROLES[role] })),
            ...(people.data ?? [])
              .filter((person) => !taken.has(person.userId) && person.userId !== shared.ownerId)
              .map((person) => ({ value: `user:${person.userId}`, label: `${person.name}, ${person.email}` })),
          ]}
        />
        {shares.isSuccess && entries.length === 0 && (
          <EmptyState icon="lock" title={`Only you see this ${shared.kind}`}>
            {shared.explained}
          </EmptyState>
        )}
        <ul className={css.list}>
          {entries.map((entry) => (
            <li key={keyOf(entry)}>
              <span>{nameOf(entry)}</span>
              <NativeSelect
                aria-label={`What ${nameOf(entry)} may do`}
                size="xs"
                value={entry.access}
                onChange={(event) => setAccess(entry, event.currentTarget.value === "edit" ? "edit" : "view")}
                data={[
                  { value: "view", label: "may view" },
                  { value: "edit", label: "may edit" },
                ]}
              />
              <ActionIcon
                aria-label={`Remove ${nameOf(entry)}`}
                onClick={() => setChanged(entries.filter((each) => each !== entry))}
              >
                <Icon name="close" size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="filled" disabled={!changed} loading={save.isPending} onClick={() => save.mutate()}>
            Save
          </Button>
        </div>
      </div>
    </Modal>
  );
}
