import type { Schemas } from "../app/api";

export type Method = Schemas["AwaitedStep"]["methods"][number];

export const CODE_LENGTH = { totp: 6, email: 8, recovery: 24 } as const satisfies Record<Method, number>;

/** What counts of typed or pasted text: digits, or letters and digits of a recovery code. */
export function readCode(text: string, method: Method): string {
  const kept = method === "recovery" ? text.toUpperCase().replaceAll(/[^A-Z0-9]/gu, "") : text.replaceAll(/\D/gu, "");
  return kept.slice(0, CODE_LENGTH[method]);
}

export function isComplete(code: string, method: Method): boolean {
  return code.length === CODE_LENGTH[method];
}

/** A recovery code in the groups it was printed in. */
export function inGroups(code: string): string {
  return code.match(/.{1,6}/gu)?.join("-") ?? "";
}
