// Writes app/schema.d.ts from the server's OpenAPI document.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const target = fileURLToPath(new URL("../app/schema.d.ts", import.meta.url));
const command = ["run", "--no-sync", "gridlens", "openapi"];
const text = execFileSync("uv", command, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
/** The server's schema writes a list as "the type or anything"; the anything is a slip and would swallow the type. */
function withoutAnything(node) {
  if (Array.isArray(node)) return node.map(withoutAnything);
  if (node === null || typeof node !== "object") return node;
  const { oneOf, ...rest } = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, withoutAnything(value)]));
  if (!Array.isArray(oneOf)) return rest;
  const kept = oneOf.filter((each) => Object.keys(each).length > 0);
  return kept.length === 1 ? { ...rest, ...kept[0] } : { ...rest, oneOf: kept };
}

const banner = "// Generated from the server's OpenAPI document by `npm run types`; never edited by hand.\n\n";
writeFileSync(target, banner + astToString(await openapiTS(withoutAnything(JSON.parse(text)), { alphabetize: true })));
console.log(`wrote ${target}`);
