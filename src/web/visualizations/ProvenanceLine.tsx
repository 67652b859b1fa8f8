import { useNow } from "../parts/now";
import { useLocale } from "../parts/locale";
import { countText, numberText, THIN } from "../parts/number";
import { durationText, whenText } from "../parts/time";
import css from "./ProvenanceLine.module.css";
import type { Provenance } from "./types";

/** Where the numbers come from: completeness, source, age, zone, and whether rows were left out. */
export function ProvenanceLine({ provenance, isShort = false }: { provenance: Provenance; isShort?: boolean }) {
  const reading = useLocale();
  const now = new Date(useNow(30_000));
  const { completeness, sourceName, readAt, zone, isCut, rowLimit, rowCount, engineMs } = provenance;
  const share = completeness && completeness.expected > 0 ? completeness.present / completeness.expected : null;
  const facts = [
    share === null ? null : `${percentText(share, reading.locale)} complete`,
    sourceName,
    isShort ? null : countText(rowCount, "row", "rows", reading.locale),
    whenText(new Date(readAt), now, reading),
    isShort ? null : durationText(engineMs, reading.locale),
  ].filter((fact) => fact !== null);
  return (
    <p className={css.line}>
      {share !== null && (
        <span className={css.bar} aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
      <span>{facts.join("  ·  ")}</span>
      {isCut && <span className={css.cut}>first {numberText(rowLimit, reading.locale)} rows only</span>}
      <span className={css.zone}>{zone}</span>
    </p>
  );
}

/** Never rounds what is incomplete up to a hundred. */
function percentText(share: number, locale: string): string {
  const percent = share >= 1 ? 100 : Math.min(Math.floor(share * 1000) / 10, 99.9);
  return `${numberText(percent, locale, { most: 1 })}${THIN}%`;
}
