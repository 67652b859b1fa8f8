export type Value = string | number | boolean;
export type AttributeKind = "text" | "number" | "yes_no";

/** An attribute while it is edited: its values as they are typed. */
export interface Draft {
  name: string;
  kind: AttributeKind;
  values: string[];
}

export const ATTRIBUTE_KINDS: readonly { value: AttributeKind; label: string }[] = [
  { value: "text", label: "Text" },
  { value: "number", label: "Number" },
  { value: "yes_no", label: "Yes or no" },
];
const NAME = /^[a-z][a-z0-9_]{0,59}$/u;

export function draftsOf(attributes: Readonly<Record<string, readonly Value[]>>): Draft[] {
  return Object.entries(attributes)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, values]) => ({ name, kind: kindOf(values), values: values.map(String) }));
}

function kindOf(values: readonly Value[]): AttributeKind {
  if (values.every((value) => typeof value === "number")) return "number";
  return values.every((value) => typeof value === "boolean") ? "yes_no" : "text";
}

/** What is wrong with a draft, if anything. */
export function faultOf(draft: Draft, others: readonly Draft[]): string | undefined {
  if (!NAME.test(draft.name)) return "Small letters, digits and _, beginning with a letter.";
  if (draft.name === "id" || draft.name === "email") return "Everybody has this already.";
  if (others.some((other) => other !== draft && other.name === draft.name)) return "Stands here twice.";
  if (draft.values.length === 0) return "Needs a value.";
  if (draft.kind === "number" && draft.values.some((value) => value.trim() === "" || !Number.isFinite(Number(value)))) {
    return "Numbers are written like 7 or 2.5.";
  }
  return undefined;
}

export function attributesOf(drafts: readonly Draft[]): Record<string, Value[]> {
  return Object.fromEntries(drafts.map(({ name, kind, values }) => [name, values.map((value) => valueOf(value, kind))]));
}

function valueOf(text: string, kind: AttributeKind): Value {
  if (kind === "number") return Number(text);
  return kind === "yes_no" ? text === "true" : text;
}
