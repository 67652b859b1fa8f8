import type { Schemas } from "../app/api";

export type Role = Schemas["Role"];

const NAMES: Record<Role, string> = { admin: "Administrator", analyst: "Analyst", viewer: "Viewer" };

export const ALL_ROLES: readonly Role[] = ["admin", "analyst", "viewer"];
export const ROLES = ALL_ROLES.map((value) => ({ value, label: NAMES[value] }));

/** The role that a control's text stands for; the one with the least rights when it is none. */
export function roleOf(value: string | null): Role {
  return ALL_ROLES.find((role) => role === value) ?? "viewer";
}

export function roleName(role: string): string {
  return ROLES.find(({ value }) => value === role)?.label ?? role;
}
