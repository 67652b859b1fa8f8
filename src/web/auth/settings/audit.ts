import { type Reading, dateText } from "../../parts/time";

/** "auth.code_refused" as a reader sees it: "Code refused". */
export function actionText(action: string): string {
  const words = (action.split(".").at(-1) ?? action).replaceAll("_", " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/u;

/** What else is known of an entry, in its own order: "method totp, attempts left 4". */
export function detailText(detail: Readonly<Record<string, unknown>>, reading: Reading): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "" && typeof value !== "object")
    .map(([name, value]) => {
      const text = String(value);
      return `${name.replaceAll("_", " ")} ${INSTANT.test(text) ? dateText(new Date(text), reading) : text}`;
    })
    .join(", ");
}

const ID = /(^|:)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** What an entry is about; its id tells a reader nothing. */
export function subjectText(subject: string): string {
  return subject.replace(ID, "");
}
