// Fails when a first visit would load more than the budget: the entry, and the larger of the first pages, compressed.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET = 200_000;
const FIRST_PAGES = ["auth/LoginPage.tsx", "app/home/HomePage.tsx"];
const SHELL = "app/shell/Shell.tsx";

const built = fileURLToPath(new URL("../../gridlens/static/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${built}.vite/manifest.json`, "utf8"));

function closure(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return seen;
  seen.add(key);
  for (const each of chunk.imports ?? []) closure(each, seen);
  return seen;
}

const zipped = (file) => gzipSync(readFileSync(built + file), { level: 9 }).length;

function load(...keys) {
  const seen = new Set();
  for (const key of keys) closure(key, seen);
  const files = new Set(["index.html", "theme.js", "favicon.svg"]);
  for (const key of seen) {
    files.add(manifest[key].file);
    for (const css of manifest[key].css ?? []) files.add(css);
  }
  return [...files].map((file) => ({ file, bytes: zipped(file) }));
}

let isOver = false;
for (const page of FIRST_PAGES) {
  const files = load("index.html", page, ...(page.startsWith("app/") ? [SHELL] : []));
  const total = files.reduce((sum, each) => sum + each.bytes, 0);
  isOver ||= total > BUDGET;
  console.log(`${page}: ${(total / 1000).toFixed(1)} kB of ${BUDGET / 1000} kB gzip, ${files.length} files`);
  for (const { file, bytes } of files.toSorted((a, b) => b.bytes - a.bytes).slice(0, 8))
    console.log(`  ${(bytes / 1000).toFixed(1).padStart(7)} ${file}`);
}
if (isOver) {
  console.error("The first load is over its budget: load the heavy part when it is first shown.");
  process.exit(1);
}
