import { useLocale } from "../parts/locale";
import { deltaText, isNumber, quantity } from "../parts/number";
import css from "./HeadlineValue.module.css";
import { sparkPath } from "./spark";
import type { HeadlineContent } from "./types";

const WIDTH = 76;
const HEIGHT = 24;

/** One number with its unit, what it is compared with, and the series behind it. */
export function HeadlineValue({ content, summary }: { content: HeadlineContent; summary: string }) {
  const { locale } = useLocale();
  const shown = quantity(content.value, content.unit, locale);
  const hasComparison = isNumber(content.comparedWith);
  const spark = sparkPath(content.spark, WIDTH, HEIGHT);
  return (
    <div className={css.value}>
      <p className={css.number}>
        {shown.isUnitFirst && shown.unit}
        {shown.number}
        {!shown.isUnitFirst && shown.unit && <small>{shown.unit}</small>}
      </p>
      {hasComparison && (
        <p className={css.delta}>
          {deltaText(content.value, content.comparedWith, content.unit, locale)}
          {content.comparisonLabel && ` vs ${content.comparisonLabel}`}
        </p>
      )}
      {spark && (
        <svg className={css.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={summary}>
          <path d={spark.line} />
          <circle cx={spark.end.x} cy={spark.end.y} r="2" />
        </svg>
      )}
    </div>
  );
}
