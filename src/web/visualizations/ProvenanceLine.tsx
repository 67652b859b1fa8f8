import { Button, Popover, UnstyledButton } from "@mantine/core";
import { use } from "react";
import { Icon } from "../parts/Icon";
import { keptText } from "../parts/kept";
import { useNow } from "../parts/now";
import { useLocale } from "../parts/locale";
import { countText, numberText, THIN } from "../parts/number";
import { Tag } from "../parts/Tag";
import { durationText } from "../parts/time";
import { extentText } from "./extent";
import { freshnessOf } from "./freshness";
import css from "./ProvenanceLine.module.css";
import { Renewal } from "./renewal";
import type { Completeness, PointsShown, Provenance } from "./types";

interface ProvenanceLineProps {
  provenance: Provenance;
  /** How many of all points a picture shows, where it does not need them all. */
  points?: PointsShown | null;
  /** Among many widgets: without the number of rows and the time it took. */
  isShort?: boolean;
  /** Beside a single number: only what its reader must know. */
  isDoubtOnly?: boolean;
  /** The zone that the page already names. */
  pageZone?: string;
}

/** Where the numbers come from: completeness, source, age, zone, and what was left out or could not be done. */
export function ProvenanceLine({ provenance, points, isShort = false, isDoubtOnly = false, pageZone }: ProvenanceLineProps) {
  const reading = useLocale();
  const now = new Date(useNow(30_000));
  const renew = use(Renewal);
  const { completeness, sourceName, zone, isCut, isStale, totalRows, rowCount, engineMs, notes, keptSeconds } = provenance;
  const share = completeness && completeness.expected > 0 ? completeness.present / completeness.expected : null;
  if (isDoubtOnly && (share === 1 || !completeness) && !isCut && !isStale && notes.length === 0) return null;
  const facts = [
    isDoubtOnly && share === 1 ? null : completenessText(completeness ?? null, reading.locale),
    ...(isDoubtOnly ? [] : [sourceName]),
    ...(isShort || isDoubtOnly
      ? []
      : [isCut ? null : countText(rowCount, "row", "rows", reading.locale), durationText(engineMs, reading.locale)]),
  ].filter((fact) => fact !== null);
  const freshness = freshnessOf(provenance, now, reading, isShort);
  return (
    <div className={css.line} data-inline={isDoubtOnly || undefined} data-short={isShort || undefined}>
      {share !== null && !isDoubtOnly && (
        <span className={css.bar} aria-hidden="true" data-missing={share < 1 || undefined}>
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
      <span data-doubt={(share !== null && share < 1) || undefined} title={titleOf(completeness ?? null, keptSeconds ?? null, reading.locale)}>{facts.join("  ·  ")}</span>
      {(!isDoubtOnly || isStale) && (
        <span className={css.age} title={freshness.title}>
          <Tag tone={freshness.tone} icon="clock">
            {freshness.text}
          </Tag>
        </span>
      )}
      {renew && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<Icon name="refresh" size={14} />}
          title="Asks the source for the numbers of now"
          onClick={renew}
        >
          Now
        </Button>
      )}
      {points && (
        <span className={css.points}>
          showing {numberText(points.shown, reading.locale)} of {numberText(points.of, reading.locale)} points
        </span>
      )}
      {isStale && <span className={css.zone}>newer numbers are on their way</span>}
      {isCut && <span className={css.cut}>{extentText(rowCount, totalRows ?? null, reading.locale)}</span>}
      {notes.length > 0 && <Notes notes={notes} />}
      {!isDoubtOnly && zone !== pageZone && <span className={css.zone}>{zone}</span>}
    </div>
  );
}

/** What could not be done, behind a mark: a filter without its column, a comparison without an earlier period. */
function Notes({ notes }: { notes: readonly string[] }) {
  return (
    <Popover position="top" width={280} withArrow>
      <Popover.Target>
        <UnstyledButton className={css.notes} aria-label={`${countText(notes.length, "note", "notes", "en")}: ${notes.join(" ")}`}>
          <Icon name="info" size={14} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={css.told}>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function completenessText(found: Completeness | null, locale: string): string | null {
  if (!found) return null;
  if (found.unknown) return "completeness unknown";
  if (found.expected === 0) return null;
  return `${percentText(found.present / found.expected, locale)} complete`;
}

function titleOf(found: Completeness | null, keptSeconds: number | null, locale: string): string | undefined {
  const kept = keptSeconds === null ? undefined : `Answers are kept for ${keptText(keptSeconds, locale)}.`;
  return [completenessTitle(found, locale), kept].filter(Boolean).join(" ") || undefined;
}

/** What the share stands for, or why it is not known. */
function completenessTitle(found: Completeness | null, locale: string): string | undefined {
  if (!found) return undefined;
  if (found.unknown) return `How complete the data is cannot be told: ${found.unknown}.`;
  const { expected, present } = found;
  if (present === expected) return `All ${countText(expected, "reading", "readings", locale)} are there.`;
  const missing = countText(expected - present, "reading is", "readings are", locale);
  return `${missing} missing, of ${numberText(expected, locale)}.`;
}

/** Never rounds what is incomplete up to a hundred. */
function percentText(share: number, locale: string): string {
  const percent = share >= 1 ? 100 : Math.min(Math.floor(share * 1000) / 10, 99.9);
  return `${numberText(percent, locale, { most: 1 })}${THIN}%`;
}
