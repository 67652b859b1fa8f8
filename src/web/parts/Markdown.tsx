import { lazy, Suspense } from "react";
import css from "./Markdown.module.css";
import { Skeleton } from "./Skeleton";

const Rendered = lazy(async () => {
  const [{ default: ReactMarkdown }, { default: gfm }] = await Promise.all([
    import("react-markdown"),
    import("remark-gfm"),
  ]);
  return {
    // Raw HTML stays text, and links keep only harmless protocols: the library's own defaults.
    default: ({ source }: { source: string }) => <ReactMarkdown remarkPlugins={[gfm]}>{source}</ReactMarkdown>,
  };
});

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
