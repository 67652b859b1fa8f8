import { useLocale } from "../parts/locale";
import css from "./exports.module.css";
import { type Export, progressText, shareOf } from "./exports";

/** How far an export is: a bar that fills only where it is known how much there is to come. */
export function ExportProgress({ shown }: { shown: Export }) {
  const { locale } = useLocale();
  return (
    <div className={css.far}>
      <progress className={css.progress} value={shareOf(shown) ?? undefined} max={1} aria-label={`Export of ${shown.name}`} />
      <p>{progressText(shown, locale)}</p>
    </div>
  );
}
