import { CompletionContext, type CompletionSource } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { languageOf } from "./sqlLanguage";

async function offered(dialect: string, schema: Record<string, string[]>, doc: string): Promise<string[]> {
  const state = EditorState.create({ doc, extensions: [languageOf(dialect, schema)] });
  const sources = state.languageDataAt<CompletionSource>("autocomplete", doc.length);
  const found = await Promise.all(sources.map((source) => source(new CompletionContext(state, doc.length, true))));
  return found.flatMap((each) => each?.options ?? []).map((each) => each.label);
}

test("tables of PostgreSQL's usual schema are offered without it", async () => {
  const words = await offered("postgres", { "public.readings": ["kwh"], "billing.tariff": ["price"] }, "SELECT * FROM r");

  expect(words).toContain("readings");
  expect(words).toContain("billing");
});

test("tables without a schema are offered, and their columns after them", async () => {
  const schema = { substation: ["latitude"] };

  expect(await offered("duckdb", schema, "SELECT * FROM s")).toContain("substation");
  expect(await offered("duckdb", schema, "SELECT * FROM substation WHERE substation.")).toContain("latitude");
});
