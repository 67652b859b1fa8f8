/** A value that a slot of a sentence can take. */
export interface Choice {
  value: string;
  text: string;
  /** A pale word after it: its unit, its table. */
  hint?: string;
}

const MOST = 50;

/** The choices that contain every typed word, those that begin with it first; never more than can be read. */
export function choicesFor(choices: readonly Choice[], typed: string): Choice[] {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  const text = (choice: Choice) => `${choice.text} ${choice.hint ?? ""}`.toLocaleLowerCase();
  const found = choices.filter((choice) => words.every((word) => text(choice).includes(word)));
  const [first = ""] = words;
  const leads = (choice: Choice) => (choice.text.toLocaleLowerCase().startsWith(first) ? 0 : 1);
  return found.toSorted((a, b) => leads(a) - leads(b)).slice(0, MOST);
}
