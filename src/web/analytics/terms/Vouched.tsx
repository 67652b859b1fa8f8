import { Link } from "@tanstack/react-router";
import type { Schemas } from "../../app/api";
import { useLocale } from "../../parts/locale";
import { Notice } from "../../parts/Notice";
import css from "./terms.module.css";
import { vouchedText } from "./vouching";

/** Who vouches for the answer, where somebody does, or which model it came from. */
export function Vouched({ answer }: { answer: Schemas["Answered"] }) {
  const { locale } = useLocale();
  const { verified, metrics, helped, sourceId } = answer;
  if (helped) {
    return (
      <div className={css.vouched}>
        <Notice tone={helped.note ? "warn" : "info"}>
          {helped.note ?? `Understood by the language model ${helped.model}. Check the sentence before you rely on it.`}
        </Notice>
      </div>
    );
  }
  if (!verified && metrics.length === 0) return null;
  return (
    <div className={css.vouched}>
      <Notice tone="ok">
        {verified && <p>Verified {vouchedText(verified.by, verified.on, locale)}: the answer to these words was agreed.</p>}
        {metrics.map((metric) => (
          <p key={metric.name}>
            <Link to="/sources/$id/terms" params={{ id: sourceId }}>
              {metric.name}
            </Link>{" "}
            is {metric.by ? `certified ${vouchedText(metric.by, metric.on, locale)}` : "an agreed metric, not certified yet"}.
          </p>
        ))}
      </Notice>
    </div>
  );
}
