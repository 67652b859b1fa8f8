import type { Schemas } from "../../app/api";
import type { HeldTable, People, Rule } from "./calls";

export interface Directory {
  people: readonly Schemas["Person"][];
  groups: readonly Schemas["GroupOut"][];
}

const ROLES = { analyst: "every analyst", viewer: "every viewer" } as const;
type BoundRole = keyof typeof ROLES;

export const KINDS: Record<Rule["kind"], string> = {
  rows: "Show only some rows",
  hide_table: "Hide the table",
  hide_column: "Hide a column",
  mask_column: "Empty a column",
};

export const KIND_NAMES: readonly Rule["kind"][] = ["rows", "hide_table", "hide_column", "mask_column"];

interface Named {
  table: string;
  schema?: string | null;
}

export function tableText({ table, schema }: Named): string {
  return schema ? `${schema}.${table}` : table;
}

export function likeOf(held: HeldTable): Named {
  return { table: held.likeTable, schema: held.likeSchema ?? null };
}

/** Files that come again may spell their names otherwise, and rules still mean them. */
export function isSameTable(one: Named, other: Named): boolean {
  return (one.schema ?? null) === (other.schema ?? null) && one.table.toLowerCase() === other.table.toLowerCase();
}

/** The rules once a held table has those of the table that it is like: moved where that is gone, else copied. */
export function ruledLike(rules: readonly Rule[], held: HeldTable): Rule[] {
  const like = likeOf(held);
  const moved = (rule: Rule): Rule => ({ ...rule, table: held.table, schema: held.schema ?? null });
  return held.likeIsGone
    ? rules.map((rule) => (isSameTable(rule, like) ? moved(rule) : rule))
    : [...rules, ...rules.filter((rule) => isSameTable(rule, like)).map(moved)];
}

export function ruleText(rule: Rule): string {
  switch (rule.kind) {
    case "rows":
      return `Only rows where ${rule.condition ?? ""}`;
    case "hide_table":
      return "The table is hidden";
    case "hide_column":
      return `The column ${rule.column ?? ""} is hidden`;
    case "mask_column":
      return `The column ${rule.column ?? ""} reads as empty`;
  }
}

/** "every viewer, Grid control and Ana". */
export function peopleText(people: People, directory: Directory): string {
  const names = [
    ...people.roles.map((role) => ROLES[role]),
    ...people.groups.map((id) => directory.groups.find(({ groupId }) => groupId === id)?.name ?? "a group that is gone"),
    ...people.users.map((id) => directory.people.find(({ userId }) => userId === id)?.name ?? "somebody who has left"),
  ];
  return new Intl.ListFormat("en-GB").format(names);
}

export function isNobody(people: People | undefined): boolean {
  return !people || people.roles.length + people.groups.length + people.users.length === 0;
}

/** What a field for people offers. */
export function choicesOf(directory: Directory): { group: string; items: { value: string; label: string }[] }[] {
  return [
    {
      group: "Roles",
      items: [
        { value: "role:analyst", label: "Every analyst" },
        { value: "role:viewer", label: "Every viewer" },
      ],
    },
    { group: "Groups", items: directory.groups.map(({ groupId, name }) => ({ value: `group:${groupId}`, label: name })) },
    {
      group: "People",
      items: directory.people.map(({ userId, name, email }) => ({ value: `user:${userId}`, label: `${name} (${email})` })),
    },
  ];
}

export function valuesOf(people: People): string[] {
  return [
    ...people.roles.map((role) => `role:${role}`),
    ...people.groups.map((id) => `group:${id}`),
    ...people.users.map((id) => `user:${id}`),
  ];
}

export function peopleOf(values: readonly string[]): People {
  const those = (kind: string) =>
    values.filter((value) => value.startsWith(`${kind}:`)).map((value) => value.slice(kind.length + 1));
  return { roles: those("role").filter(isBoundRole), groups: those("group"), users: those("user") };
}

function isBoundRole(role: string): role is BoundRole {
  return role in ROLES;
}
