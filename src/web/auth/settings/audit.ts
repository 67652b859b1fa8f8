/** "auth.code_refused" as a reader sees it: "Code refused". */
export function actionText(action: string): string {
  const words = (action.split(".").at(-1) ?? action).replaceAll("_", " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** What else is known of an entry, in its own order: "method totp, attempts left 4". */
export function detailText(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "" && typeof value !== "object")
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${String(value)}`)
    .join(", ");
}
