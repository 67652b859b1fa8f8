import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Schemas, api, unwrap } from "../../app/api";
import { Card, CardFoot, CardList, CardRow } from "../../parts/Card";
import { confirmInWords } from "../../parts/confirm";
import { fieldError, formError } from "../../parts/fields";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { Notice } from "../../parts/Notice";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { groupsQuery } from "./groups";
import css from "./settings.module.css";

/** The groups that people are put into, and that access rules speak of. */
export function GroupsCard() {
  const groups = useQuery(groupsQuery);
  return (
    <Card title="Groups" sub={groups.data ? String(groups.data.length) : undefined}>
      {groups.isPending ? (
        <Skeleton shape="rows" />
      ) : groups.isError ? (
        <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />
      ) : groups.data.length === 0 ? (
        <EmptyState icon="person" title="No groups yet">
          Access rules of data sources can bind a group. People are put into one in the menu beside their name.
        </EmptyState>
      ) : (
        <CardList label="Groups">
          {groups.data.map((group) => (
            <GroupRow key={group.groupId} group={group} />
          ))}
        </CardList>
      )}
      <NewGroup />
    </Card>
  );
}

function GroupRow({ group }: { group: Schemas["GroupOut"] }) {
  const client = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const params = { path: { group_id: group.groupId } };
  const changed = () => client.invalidateQueries({ queryKey: groupsQuery.queryKey });
  const rename = useMutation({
    mutationFn: (to: string) => unwrap(api.PUT("/api/v1/groups/{group_id}", { params, body: { name: to } })),
    onSuccess: async () => {
      await changed();
      setName(null);
    },
  });
  const remove = async () => {
    await unwrap(api.DELETE("/api/v1/groups/{group_id}", { params }));
    await client.invalidateQueries({ queryKey: ["users"] });
    await changed();
  };
  if (name !== null) {
    return (
      <CardRow
        title={
          <form
            className={css.acts}
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim()) rename.mutate(name.trim());
            }}
          >
            <TextInput
              size="xs"
              aria-label={`New name of ${group.name}`}
              maxLength={100}
              value={name}
              error={fieldError(rename.error, "name") ?? formError(rename.error)}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" size="xs" loading={rename.isPending}>
              Rename
            </Button>
            <Button size="xs" variant="subtle" onClick={() => setName(null)}>
              Cancel
            </Button>
          </form>
        }
      />
    );
  }
  return (
    <CardRow title={group.name} sub={group.members === 1 ? "1 person" : `${group.members} people`}>
      <IconButton icon="pencil" size="xs" label={`Rename ${group.name}`} onClick={() => setName(group.name)} />
      <IconButton
        icon="trash"
        size="xs"
        label={`Delete ${group.name}`}
        onClick={() =>
          confirmInWords({
            title: `Delete the group ${group.name}?`,
            effect: "Its people stay. A group that an access rule names cannot be deleted.",
            confirm: "Delete it",
            run: remove,
          })
        }
      />
    </CardRow>
  );
}

function NewGroup() {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const create = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/groups", { body: { name: name.trim() } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: groupsQuery.queryKey });
      setName("");
    },
  });
  const refusal = formError(create.error, ["name"]);
  return (
    <CardFoot>
      <form
        className={css.acts}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) create.mutate();
        }}
      >
        <TextInput
          size="xs"
          aria-label="Name of a new group"
          placeholder="Name of a new group"
          maxLength={100}
          value={name}
          error={fieldError(create.error, "name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="xs"
          leftSection={<Icon name="plus" size={14} />}
          disabled={!name.trim()}
          loading={create.isPending}
        >
          Add
        </Button>
      </form>
      {refusal && <Notice tone="danger">{refusal}</Notice>}
    </CardFoot>
  );
}
