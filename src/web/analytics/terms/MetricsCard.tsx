import { Button } from "@mantine/core";
import { useState } from "react";
import { Card, CardList, CardRow } from "../../parts/Card";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { Tag } from "../../parts/Tag";
import { type Metric, type Terms, useSaveTerms } from "./calls";
import { MetricDialog } from "./MetricDialog";
import css from "./terms.module.css";

/** Figures that everybody computes alike, with their formula. */
export function MetricsCard({ terms }: { terms: Terms }) {
  const [edited, setEdited] = useState<Metric | "new" | null>(null);
  const save = useSaveTerms(terms, () => undefined);
  const { metrics } = terms.model;
  return (
    <Card
      title="Metrics"
      isRuled
      isReloading={save.isPending}
      actions={
        terms.canEdit && (
          <Button size="xs" leftSection={<Icon name="plus" />} onClick={() => setEdited("new")}>
            Metric
          </Button>
        )
      }
    >
      {metrics.length === 0 && (
        <p className={css.empty}>
          A metric names a formula, such as <span className={css.code}>sum(sales.eur) / sum(sales.mwh)</span>, so that it
          can be asked for by its name.
        </p>
      )}
      <CardList label="Metrics">
        {metrics.map((metric) => (
          <CardRow
            key={metric.name}
            title={
              <>
                {metric.name}{" "}
                {metric.certifiedBy && (
                  <Tag tone="accent" icon="check">
                    Certified by {metric.certifiedBy}
                  </Tag>
                )}
              </>
            }
            sub={
              <>
                <span className={css.code}>{metric.formula}</span>
                {metric.filters.length > 0 && ` where ${metric.filters.join(" and ")}`}
                {metric.unit && `, in ${metric.unit}`}
                {metric.synonyms.length > 0 && ` · also ${metric.synonyms.join(", ")}`}
              </>
            }
          >
            {terms.canEdit && (
              <>
                <IconButton icon="pencil" label={`Change ${metric.name}`} onClick={() => setEdited(metric)} />
                <IconButton
                  icon="trash"
                  label={`Remove ${metric.name}`}
                  onClick={() =>
                    save.mutate({
                      model: { ...terms.model, metrics: metrics.filter((each) => each !== metric) },
                      said: `“${metric.name}” is no metric any more.`,
                    })
                  }
                />
              </>
            )}
          </CardRow>
        ))}
      </CardList>
      {edited && (
        <MetricDialog terms={terms} metric={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Card>
  );
}
