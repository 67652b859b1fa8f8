import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { api, type Schemas, unwrap } from "../../app/api";
import { Page } from "../../app/shell/Page";
import { Card } from "../../parts/Card";
import { confirmInWords } from "../../parts/confirm";
import { download } from "../../parts/download";
import { refusalOf } from "../../parts/fields";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { Notice } from "../../parts/Notice";
import { PlainTable } from "../../parts/PlainTable";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { tell, tellProblem } from "../../parts/toast";
import { catalogQuery, renewSources, sourceQuery } from "../calls";
import { ACCESS, accessQuery, groupsQuery, peopleQuery, type Rule } from "./calls";
import css from "./access.module.css";
import { HeldCard } from "./HeldCard";
import { PreviewCard } from "./PreviewCard";
import { RuleDialog } from "./RuleDialog";
import { type Directory, isNobody, isSameTable, likeOf, peopleText, ruledLike, ruleText, tableText } from "./words";

/** Who sees which rows, tables and columns of a source. */
export function AccessPage() {
  const { id } = useParams({ from: "/shell/sources/$id/access" });
  const client = useQueryClient();
  const params = { path: { source_id: id } };
  const source = useQuery(sourceQuery(id));
  const catalog = useQuery(catalogQuery(id));
  const access = useQuery(accessQuery(id));
  const people = useQuery(peopleQuery);
  const groups = useQuery(groupsQuery);
  const file = useRef<HTMLInputElement>(null);
  const [edited, setEdited] = useState<number | "new" | null>(null);

  const kept = async () => {
    await client.invalidateQueries({ queryKey: accessQuery(id).queryKey });
    await renewSources();
  };
  const change = useMutation({
    mutationFn: ({ rules, released = [] }: { rules: Rule[]; released?: Schemas["ReleasedTable"][] }) =>
      unwrap(api.PUT(ACCESS, { params, body: { version: access.data?.version ?? 0, rules, released } })),
    onSuccess: kept,
  });
  const importFile = useMutation({
    mutationFn: async (chosen: File) =>
      unwrap(api.PUT(`${ACCESS}/file`, { params, body: { text: await chosen.text() } })),
    onSuccess: async (now) => {
      await kept();
      tell(`The file holds ${now.rules.length} rules; they count from now on.`);
    },
  });
  const exportFile = useMutation({
    mutationFn: () => unwrap(api.GET(`${ACCESS}/file`, { params, parseAs: "text" })),
    onSuccess: (text) => download("access.yaml", String(text), "application/yaml"),
    onError: tellProblem,
  });

  const replaceBy = (chosen: File) => {
    importFile.reset();
    confirmInWords({
      title: `Replace all rules by ${chosen.name}?`,
      effect: `The ${access.data?.rules.length ?? 0} rules of today are given up, and what the file says counts at once.`,
      confirm: "Replace them",
      run: () => importFile.mutateAsync(chosen),
    });
  };

  const crumbs = [
    { label: "Data sources", to: "/sources" },
    { label: source.data?.name ?? "Data source", to: `/sources/${id}` },
  ];
  const failed = [source, catalog, access, people, groups].find((query) => query.isError);
  if (failed) {
    return (
      <Page title="Access" crumbs={crumbs}>
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      </Page>
    );
  }
  if (!source.data || !catalog.data || !access.data || !people.data || !groups.data) {
    return (
      <Page title="Access" crumbs={crumbs}>
        <Skeleton shape="rows" />
      </Page>
    );
  }
  const directory: Directory = { people: people.data, groups: groups.data };
  const { rules, held, gone } = access.data;
  const isGone = (rule: Rule) =>
    gone.some((each) => isSameTable(rule, { table: each.name, schema: each.schema ?? null }));
  const refusal = refusalOf(importFile.error);

  return (
    <Page
      title="Access"
      crumbs={crumbs}
      actions={
        <>
          <Button
            leftSection={<Icon name="download" />}
            loading={exportFile.isPending}
            onClick={() => exportFile.mutate()}
          >
            Save as YAML
          </Button>
          <Button
            leftSection={<Icon name="upload" />}
            loading={importFile.isPending}
            onClick={() => file.current?.click()}
          >
            Read YAML
          </Button>
          <input
            ref={file}
            type="file"
            hidden
            aria-label="File of rules"
            accept=".yaml,.yml,application/yaml"
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              // Emptied, so that the same file can be chosen again once it is mended.
              event.currentTarget.value = "";
              if (chosen) replaceBy(chosen);
            }}
          />
          <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setEdited("new")}>
            Add a rule
          </Button>
        </>
      }
    >
      <p className={css.intro}>
        Everybody who may use this source sees all of it, but for what rules take away: in SQL, questions, dashboards, files
        and mails alike. Rules add up, and bind no administrator. A view could read past
        the rules of its tables, so whoever is bound by a rule sees no view until a rule names it; nor a table that
        inherits from a ruled one, or a parent of one. A table that comes later and may be a ruled one, renamed or
        copied, is held back from them too, until you say what it is.
      </p>
      {refusal && (
        <div className={css.notice}>
          <Notice tone="danger" title="The file was not taken">
            {refusal}
          </Notice>
        </div>
      )}
      <div className={css.stack}>
        {held.length > 0 && (
          <HeldCard
            held={held}
            isReloading={change.isPending}
            onRule={(each) =>
              change.mutate(
                { rules: ruledLike(rules, each) },
                { onSuccess: () => tell(`The rules count for ${tableText(each)} from now on.`), onError: tellProblem },
              )
            }
            onRelease={(each) =>
              confirmInWords({
                title: `Let ${tableText(each)} be seen?`,
                effect: `Whom the rules on ${tableText(likeOf(each))} bind sees all of ${tableText(each)} at once, unless other rules hold it back.`,
                confirm: "Let it be seen",
                run: () =>
                  change.mutateAsync({ rules, released: [{ name: each.table, schema: each.schema ?? null }] }),
              })
            }
          />
        )}
        <Card title="Rules" sub={rules.length > 0 ? String(rules.length) : undefined} isReloading={change.isPending}>
          {rules.length === 0 ? (
            <EmptyState
              icon="shield"
              title="No rules yet"
              actions={
                <Button size="xs" onClick={() => setEdited("new")}>
                  Add a rule
                </Button>
              }
            >
              Everybody who may use this source sees all of its rows.
            </EmptyState>
          ) : (
            <PlainTable
              label="Rules"
              head={
                <>
                  <th>Table</th>
                  <th>Rule</th>
                  <th>For</th>
                  <th aria-label="Actions" />
                </>
              }
            >
              {rules.map((rule, place) => (
                // Rules have no id of their own, and the list is replaced as a whole.
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={place}>
                  <td data-strong>
                    {tableText(rule)}
                    {isGone(rule) && <div className={css.note}>is not in the source any more</div>}
                  </td>
                  <td>
                    {rule.kind === "rows" ? (
                      <>
                        Only rows where <code>{rule.condition}</code>
                      </>
                    ) : (
                      ruleText(rule)
                    )}
                    {rule.note && <div className={css.note}>{rule.note}</div>}
                  </td>
                  <td>
                    {rule.bindsEverybody ? "everybody" : rule.binds && peopleText(rule.binds, directory)}
                    {rule.spares && !isNobody(rule.spares) && (
                      <div className={css.note}>not {peopleText(rule.spares, directory)}</div>
                    )}
                  </td>
                  <td data-right>
                    <IconButton
                      icon="pencil"
                      size="xs"
                      label={`Change rule ${place + 1}`}
                      onClick={() => setEdited(place)}
                    />
                    <IconButton
                      icon="trash"
                      size="xs"
                      label={`Remove rule ${place + 1}`}
                      onClick={() =>
                        confirmInWords({
                          title: "Remove this rule?",
                          effect: `On ${tableText(rule)}: ${ruleText(rule)}. Whom it bound sees that again at once.`,
                          confirm: "Remove it",
                          run: () => change.mutateAsync({ rules: rules.filter((_, at) => at !== place) }),
                        })
                      }
                    />
                  </td>
                </tr>
              ))}
            </PlainTable>
          )}
        </Card>
        <PreviewCard sourceId={id} zone={source.data.zone} tables={catalog.data.tables} people={people.data} />
      </div>
      {edited !== null && (
        <RuleDialog
          sourceId={id}
          tables={catalog.data.tables}
          directory={directory}
          rule={edited === "new" ? null : (rules[edited] ?? null)}
          error={change.error}
          isSaving={change.isPending}
          onClose={() => {
            change.reset();
            setEdited(null);
          }}
          onSave={(rule) =>
            change.mutate(
              { rules: edited === "new" ? [...rules, rule] : rules.map((each, at) => (at === edited ? rule : each)) },
              {
                onSuccess: () => {
                  tell("The rule counts from now on.");
                  setEdited(null);
                },
              },
            )
          }
        />
      )}
    </Page>
  );
}
