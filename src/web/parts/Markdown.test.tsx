import { renderToStaticMarkup } from "react-dom/server";
import ReactMarkdown from "react-markdown";
import gfm from "remark-gfm";
import { expect, test } from "vitest";
import { withoutHtml } from "./Markdown";

const rendered = (source: string) =>
  renderToStaticMarkup(<ReactMarkdown remarkPlugins={[withoutHtml, gfm]}>{source}</ReactMarkdown>);

test("HTML is text, and what stands beside it is still Markdown", () => {
  expect(rendered("<script>x()</script> **bold**")).toBe("<p>&lt;script&gt;x()&lt;/script&gt; <strong>bold</strong></p>");
  expect(rendered("<div>\n*a*\n</div>")).toContain("<em>a</em>");
});

test("tables are still drawn", () => {
  expect(rendered("| a |\n|---|\n| 1 |")).toContain("<td>1</td>");
});
