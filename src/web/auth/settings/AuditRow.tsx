import type { Schemas } from "../../app/api";
import { useLocale } from "../../parts/locale";
import { useNow } from "../../parts/now";
import { dayText, timeText } from "../../parts/time";
import { actionText, detailText, subjectText } from "./audit";

/** One entry of the audit log, with who did it where that is not known from the heading. */
export function AuditRow({ entry, hasWho = false }: { entry: Schemas["AuditEntryOut"]; hasWho?: boolean }) {
  const reading = useLocale();
  const now = useNow(60_000);
  const at = new Date(entry.at);
  return (
    <tr>
      <td data-pale>
        <time dateTime={entry.at}>
          {dayText(at, reading, new Date(now))} {timeText(at, reading, true)}
        </time>
      </td>
      {hasWho && <td data-whole>{entry.userName ?? "nobody"}</td>}
      <td data-strong data-whole>{actionText(entry.action)}</td>
      <td>{[subjectText(entry.subject), detailText(entry.detail, reading)].filter(Boolean).join(", ")}</td>
      <td data-pale>{entry.address ?? "–"}</td>
    </tr>
  );
}
