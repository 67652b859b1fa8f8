import { ActionIcon, Button, Menu, Modal, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useMay } from "../app/session";
import { Page } from "../app/shell/Page";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { PlainTable } from "../parts/PlainTable";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { Tag } from "../parts/Tag";
import { whenText } from "../parts/time";
import { listQuery, useCreate, useDelete, useDuplicate, usePin } from "./calls";
import css from "./ListPage.module.css";
import type { DashboardSummary } from "./types";

type Which = "all" | "mine" | "pinned";
const WHICH: { value: Which; label: string }[] = [
  { value: "all", label: "All" },
  { value: "mine", label: "Mine" },
  { value: "pinned", label: "Pinned" },
];

export function ListPage() {
  const mayEdit = useMay()("dashboards.edit");
  const [which, setWhich] = useState<Which>("all");
  const [words, setWords] = useState("");
  const [isNaming, setNaming] = useState(false);
  const found = useQuery({ ...listQuery(which, words), placeholderData: (before) => before });

  return (
    <Page
      title="Dashboards"
      actions={
        mayEdit && (
          <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setNaming(true)}>
            New dashboard
          </Button>
        )
      }
    >
      <div className={css.bar}>
        <SegmentedControl aria-label="Which dashboards" data={WHICH} value={which} onChange={setWhich} />
        <TextInput
          aria-label="Find by name"
          placeholder="Find by name"
          leftSection={<Icon name="search" size={14} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </div>
      <Card>
        {found.isPending && <Skeleton shape="rows" />}
        {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && (
          <Nothing isSearching={words !== ""} which={which} onCreate={mayEdit ? () => setNaming(true) : undefined} />
        )}
        {found.data && found.data.length > 0 && (
          <PlainTable
            label="Dashboards"
            head={
              <>
                <th>Name</th>
                <th data-wide>Owner</th>
                <th>Changed</th>
                <th aria-label="Actions" />
              </>
            }
          >
            {found.data.map((dashboard) => (
              <Row key={dashboard.dashboardId} dashboard={dashboard} mayEdit={mayEdit} />
            ))}
          </PlainTable>
        )}
      </Card>
      <NewDialog isOpen={isNaming} onClose={() => setNaming(false)} />
    </Page>
  );
}

function Nothing({ isSearching, which, onCreate }: { isSearching: boolean; which: Which; onCreate?: () => void }) {
  if (isSearching) {
    return (
      <EmptyState icon="search" title="No dashboard has these words">
        Search for part of a name, or look under “All”.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="dashboard"
      title={which === "all" ? "No dashboards yet" : "Nothing here"}
      actions={
        onCreate && (
          <Button size="xs" onClick={onCreate}>
            New dashboard
          </Button>
        )
      }
    >
      A dashboard shows saved charts side by side, over one time range.
    </EmptyState>
  );
}

function Row({ dashboard, mayEdit }: { dashboard: DashboardSummary; mayEdit: boolean }) {
  const reading = useLocale();
  const now = new Date(useNow(60_000));
  const pin = usePin();
  const duplicate = useDuplicate();
  const remove = useDelete();
  const { dashboardId, name, description, owner, editedAt, isPinned, hasDraft, access } = dashboard;
  return (
    <tr>
      <td>
        <Link to="/dashboards/$id" params={{ id: dashboardId }} className={css.name}>
          {name}
        </Link>{" "}
        {hasDraft && <Tag tone="warn">Draft</Tag>}
        {description && <div className={css.description}>{description}</div>}
      </td>
      <td data-wide>{owner?.name ?? "nobody"}</td>
      <td>{whenText(new Date(editedAt), now, reading)}</td>
      <td className={css.actions}>
        <ActionIcon
          aria-label={isPinned ? `Unpin ${name}` : `Pin ${name} to the home page`}
          aria-pressed={isPinned}
          data-pinned={isPinned || undefined}
          className={css.pin}
          onClick={() => pin.mutate(dashboard)}
        >
          <Icon name="star" />
        </ActionIcon>
        {mayEdit && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={`Actions for ${name}`}>
                <Icon name="more" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {access !== "view" && (
                <Menu.Item
                  leftSection={<Icon name="pencil" />}
                  renderRoot={(props) => <Link to="/dashboards/$id/edit" params={{ id: dashboardId }} {...props} />}
                >
                  Edit
                </Menu.Item>
              )}
              <Menu.Item leftSection={<Icon name="copy" />} onClick={() => duplicate.mutate(dashboard)}>
                Duplicate
              </Menu.Item>
              {access === "own" && (
                <Menu.Item color="danger" leftSection={<Icon name="trash" />} onClick={() => remove.mutate(dashboard)}>
                  Delete
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </td>
    </tr>
  );
}

function NewDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [name, setName] = useState("");
  const create = useCreate();
  const navigate = useNavigate();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(name.trim(), {
      onSuccess: ({ dashboardId }) => {
        onClose();
        setName("");
        void navigate({ to: "/dashboards/$id/edit", params: { id: dashboardId } });
      },
    });
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title="New dashboard">
      <form className={css.form} onSubmit={submit}>
        <TextInput
          label="Name"
          placeholder="Portfolio overview"
          data-autofocus
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" loading={create.isPending} disabled={!name.trim()}>
            Create
          </Button>
        </div>
      </form>
    </Modal>
  );
}
