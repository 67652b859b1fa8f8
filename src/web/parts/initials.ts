/** Two letters that stand for a person: of the first and last word, or of the mail address. */
export function initials(name: string): string {
  const words = name.split("@")[0]?.split(/[\s._-]+/u).filter(Boolean) ?? [];
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = chosen.map((word) => [...(word ?? "")][0] ?? "").join("");
  return (letters || "?").toLocaleUpperCase();
}
