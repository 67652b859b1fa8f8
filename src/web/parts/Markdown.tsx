import { lazy, Suspense } from "react";
import type { Plugin } from "unified";
import css from "./Markdown.module.css";
import { Skeleton } from "./Skeleton";

const Rendered = lazy(async () => {
  const [{ default: ReactMarkdown }, { default: gfm }] = await Promise.all([
    import("react-markdown"),
    import("remark-gfm"),
  ]);
  return {
    // Links keep only harmless protocols, by the library's own default.
    default: ({ source }: { source: string }) => (
      <ReactMarkdown remarkPlugins={[withoutHtml, gfm]}>{source}</ReactMarkdown>
    ),
  };
});

/** HTML is plain text, with Markdown beside it read as ever, as in the mails. It stands first among the extensions. */
export const withoutHtml: Plugin = function () {
  Object.assign(this.data(), { micromarkExtensions: [{ disable: { null: ["htmlFlow", "htmlText"] } }] });
};

/** Text with Markdown, as a reader sees it; the renderer loads when the first one is shown. */
export function Markdown({ source, className }: { source: string; className?: string }) {
  return (
    <div className={className ? `${css.text} ${className}` : css.text}>
      <Suspense fallback={<Skeleton />}>
        <Rendered source={source} />
      </Suspense>
    </div>
  );
}
