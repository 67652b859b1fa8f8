import { Button, CopyButton, Menu, Modal, Select, TextInput, VisuallyHidden } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type Schemas, api, unwrap } from "../../app/api";
import { useUser } from "../../app/session";
import { Card } from "../../parts/Card";
import { confirmInWords } from "../../parts/confirm";
import { fieldError, formError } from "../../parts/fields";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { useLocale } from "../../parts/locale";
import { Notice } from "../../parts/Notice";
import { useNow } from "../../parts/now";
import { PlainTable } from "../../parts/PlainTable";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { Tag } from "../../parts/Tag";
import { whenText } from "../../parts/time";
import { tell, tellProblem } from "../../parts/toast";
import { ROLES, roleName, roleOf } from "../roles";
import { BelongingDialog } from "./BelongingDialog";
import { EraseDialog } from "./EraseDialog";
import { GroupsCard } from "./GroupsCard";
import { groupsQuery } from "./groups";
import { Heading } from "./Heading";
import css from "./settings.module.css";

const route = getRouteApi("/shell/settings/users");
const USERS = ["users"];
const PAGE = 50;

type Listed = Schemas["UserOut"];
type Invited = Schemas["Invited"];

/** Everybody who can get in, and what they may do. */
export function UsersPage() {
  const navigate = useNavigate();
  const { search = "", page = 1 } = route.useSearch();
  const [isInviting, setInviting] = useState(false);
  const [handedOut, setHandedOut] = useState<Invited | null>(null);
  const users = useQuery({
    queryKey: [...USERS, search, page],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/users", {
          params: { query: { offset: (page - 1) * PAGE, limit: PAGE, ...(search ? { search } : {}) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const pages = Math.max(1, Math.ceil((users.data?.total ?? 0) / PAGE));
  const turn = (to: number) => void navigate({ to: "/settings/users", search: { ...(search ? { search } : {}), page: to } });

  return (
    <>
      <Heading
        title="Users and roles"
        actions={
          <Button variant="filled" leftSection={<Icon name="plus" size={14} />} onClick={() => setInviting(true)}>
            Invite
          </Button>
        }
      >
        Administrators manage people, analysts connect data and build, viewers read.
      </Heading>
      <Card
        title="People"
        sub={users.data ? String(users.data.total) : undefined}
        isReloading={users.isPlaceholderData}
        actions={
          <TextInput
            size="xs"
            aria-label="Find a person"
            placeholder="Find a person"
            leftSection={<Icon name="search" size={14} />}
            defaultValue={search}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              const typed = event.currentTarget.value.trim();
              void navigate({ to: "/settings/users", search: typed ? { search: typed } : {} });
            }}
          />
        }
      >
        {users.isPending ? (
          <Skeleton shape="rows" />
        ) : users.isError ? (
          <ErrorState error={users.error} onRetry={() => void users.refetch()} />
        ) : users.data.users.length === 0 ? (
          <EmptyState icon="search" title="Nobody found">
            Nobody here is called “{search}”.
          </EmptyState>
        ) : (
          <PlainTable
            label="People"
            head={
              <>
                <th>Name</th>
                <th>Email</th>
                <th>Role</th>
                <th>State</th>
                <th>Last here</th>
                <th>
                <VisuallyHidden>What to do</VisuallyHidden>
              </th>
              </>
            }
          >
            {users.data.users.map((user) => (
              <UserRow key={user.id} user={user} everybody={users.data.users} onLink={setHandedOut} />
            ))}
          </PlainTable>
        )}
        {pages > 1 && (
          <div className={css.pager}>
            Page {page} of {pages}
            <IconButton icon="left" size="xs" label="Previous page" disabled={page <= 1} onClick={() => turn(page - 1)} />
            <IconButton icon="right" size="xs" label="Next page" disabled={page >= pages} onClick={() => turn(page + 1)} />
          </div>
        )}
      </Card>
      <div className={css.below}>
        <GroupsCard />
      </div>
      {isInviting && <InviteDialog onLink={setHandedOut} onClose={() => setInviting(false)} />}
      {handedOut && <LinkDialog invited={handedOut} onClose={() => setHandedOut(null)} />}
    </>
  );
}

function StateTag({ user }: { user: Listed }) {
  if (user.codesStopped) {
    return (
      <Tag tone="danger" icon="lock">
        Stopped
      </Tag>
    );
  }
  switch (user.state) {
    case "active":
      return <Tag tone="ok">Active</Tag>;
    case "invited":
      return <Tag tone="info">Invited</Tag>;
    case "locked":
      return (
        <Tag tone="danger" icon="lock">
          Locked
        </Tag>
      );
  }
}

interface UserRowProps {
  user: Listed;
  everybody: Listed[];
  onLink: (invited: Invited) => void;
}

function UserRow({ user, everybody, onLink }: UserRowProps) {
  const me = useUser();
  const client = useQueryClient();
  const reading = useLocale();
  const now = new Date(useNow(60_000));
  const [isErasing, setErasing] = useState(false);
  const [isPlacing, setPlacing] = useState(false);
  const path = { user_id: user.id };
  const act = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSuccess: () => client.invalidateQueries({ queryKey: USERS }),
  });
  const doNow = (run: () => Promise<unknown>, said: string) =>
    act.mutate(run, { onSuccess: () => tell(said), onError: tellProblem });
  const isMe = user.id === me.id;

  return (
    <tr>
      <td data-strong>
        {user.name} {isMe && <Tag tone="accent">You</Tag>}
      </td>
      <td>{user.email}</td>
      <td>{roleName(user.role)}</td>
      <td>
        <StateTag user={user} />
      </td>
      <td data-pale>{user.signedInAt ? whenText(new Date(user.signedInAt), now, reading) : "never"}</td>
      <td data-right>
        {!isMe && (
          <Menu position="bottom-end">
            <Menu.Target>
              <IconButton icon="more" size="xs" label={`More for ${user.name}`} />
            </Menu.Target>
            <Menu.Dropdown>
              {user.state === "invited" && (
                <Menu.Item
                  onClick={() =>
                    act.mutate(
                      async () => {
                        const invited = await unwrap(
                          api.POST("/api/v1/users/{user_id}/invitation", { params: { path } }),
                        );
                        if (invited.link) onLink(invited);
                        else tell(`A new invitation is on its way to ${user.email}.`);
                      },
                      { onError: tellProblem },
                    )
                  }
                >
                  Send the invitation again
                </Menu.Item>
              )}
              <Menu.Item onClick={() => setPlacing(true)}>Groups and attributes</Menu.Item>
              <Menu.Label>Role</Menu.Label>
              {ROLES.filter(({ value }) => value !== user.role).map(({ value, label }) => (
                <Menu.Item
                  key={value}
                  onClick={() =>
                    doNow(
                      () =>
                        unwrap(
                          api.PUT("/api/v1/users/{user_id}/role", { params: { path }, body: { role: value } }),
                        ),
                      `${user.name} is now ${label.toLocaleLowerCase()}.`,
                    )
                  }
                >
                  Make {label.toLocaleLowerCase()}
                </Menu.Item>
              ))}
              <Menu.Divider />
              {user.state === "locked" || user.codesStopped ? (
                <Menu.Item
                  onClick={() =>
                    doNow(
                      () => unwrap(api.POST("/api/v1/users/{user_id}/unlock", { params: { path } })),
                      `${user.name} can log in again.`,
                    )
                  }
                >
                  Unlock
                </Menu.Item>
              ) : (
                <Menu.Item
                  onClick={() =>
                    confirmInWords({
                      title: `Lock ${user.name}?`,
                      effect: "Every session ends at once, and nobody can log in with this account until you unlock it.",
                      confirm: "Lock",
                      run: () =>
                        act.mutateAsync(() =>
                          unwrap(api.POST("/api/v1/users/{user_id}/lock", { params: { path } })),
                        ),
                    })
                  }
                >
                  Lock
                </Menu.Item>
              )}
              <Menu.Item
                onClick={() =>
                  confirmInWords({
                    title: `Reset the codes of ${user.name}?`,
                    effect: "Their app, recovery codes and trusted devices stop working. They get a link to set up new ones.",
                    confirm: "Reset codes",
                    run: () =>
                      act.mutateAsync(() =>
                        unwrap(api.POST("/api/v1/users/{user_id}/reset-factors", { params: { path } })),
                      ),
                  })
                }
              >
                Reset one-time codes
              </Menu.Item>
              <Menu.Item color="danger" onClick={() => setErasing(true)}>
                Erase
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        {isPlacing && (
          <BelongingDialog
            user={user}
            onClose={() => setPlacing(false)}
            onSaved={() => {
              void client.invalidateQueries({ queryKey: USERS });
              void client.invalidateQueries({ queryKey: groupsQuery.queryKey });
            }}
          />
        )}
        {isErasing && (
          <EraseDialog
            user={user}
            heirs={everybody.filter((each) => each.id !== user.id && each.state === "active")}
            onClose={() => setErasing(false)}
            onErased={() => void client.invalidateQueries({ queryKey: USERS })}
          />
        )}
      </td>
    </tr>
  );
}

function InviteDialog({ onLink, onClose }: { onLink: (invited: Invited) => void; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("analyst");
  const invite = useMutation({
    mutationFn: () =>
      unwrap(api.POST("/api/v1/users", { body: { name: name.trim(), email: email.trim(), role: roleOf(role) } })),
    onSuccess: async (invited) => {
      await client.invalidateQueries({ queryKey: USERS });
      if (invited.link) onLink(invited);
      else tell(`An invitation is on its way to ${email.trim()}.`);
      onClose();
    },
  });
  const refusal = formError(invite.error, ["name", "email"]);
  return (
    <Modal opened onClose={onClose} title="Invite somebody" size={420}>
      <form
        className={css.rows}
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate();
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          required
          withAsterisk={false}
          value={name}
          error={fieldError(invite.error, "name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Work email"
          type="email"
          required
          withAsterisk={false}
          value={email}
          error={fieldError(invite.error, "email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select label="Role" data={ROLES} allowDeselect={false} value={role} onChange={(value) => setRole(value ?? role)} />
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <div className={css.buttons}>
          <Button type="submit" variant="filled" loading={invite.isPending}>
            Invite
          </Button>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Without a mail server the invitation is handed over by whoever made it. */
function LinkDialog({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  const link = invited.link ?? "";
  return (
    <Modal opened onClose={onClose} title={`Hand this link to ${invited.user.name}`} size={520}>
      <div className={css.rows}>
        <p>
          There is no mail server, so nothing was sent. On this page {invited.user.name} chooses a password; it works once,
          for whoever opens it.
        </p>
        <TextInput label="Link" readOnly value={link} data-autofocus onFocus={(event) => event.currentTarget.select()} />
        <div className={css.buttons}>
          <CopyButton value={link}>
            {({ copied, copy }) => (
              <Button variant="filled" onClick={copy}>
                {copied ? "Copied" : "Copy the link"}
              </Button>
            )}
          </CopyButton>
          <Button variant="subtle" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Modal>
  );
}
