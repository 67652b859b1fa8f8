import { Button } from "@mantine/core";
import { Card } from "../../parts/Card";
import { PlainTable } from "../../parts/PlainTable";
import css from "./access.module.css";
import type { HeldTable } from "./calls";
import { likeOf, tableText } from "./words";

interface HeldCardProps {
  held: readonly HeldTable[];
  isReloading: boolean;
  onRule: (held: HeldTable) => void;
  onRelease: (held: HeldTable) => void;
}

/** Tables that came under rules and may hold what the rules keep from sight. */
export function HeldCard({ held, isReloading, onRule, onRelease }: HeldCardProps) {
  return (
    <Card title="Held back" sub="new tables that whoever is bound does not see yet" isReloading={isReloading}>
      <PlainTable
        label="Tables held back"
        head={
          <>
            <th>Table</th>
            <th>Why</th>
            <th aria-label="Actions" />
          </>
        }
      >
        {held.map((each) => {
          const name = tableText(each);
          const like = tableText(likeOf(each));
          return (
            <tr key={`${name} ${like}`}>
              <td data-strong>{name}</td>
              <td>
                {each.likeIsGone
                  ? `It came, and ${like}, which rules name, is gone: it may be the same table under a new name.`
                  : `It has all columns of ${like}, which rules name: it may be a copy.`}
              </td>
              <td data-right>
                <div className={css.buttons}>
                  <Button size="xs" onClick={() => onRule(each)}>
                    {each.likeIsGone ? `Move the rules of ${like} to it` : `Give it the rules of ${like}`}
                  </Button>
                  <Button size="xs" variant="subtle" onClick={() => onRelease(each)}>
                    Let it be seen
                  </Button>
                </div>
              </td>
            </tr>
          );
        })}
      </PlainTable>
    </Card>
  );
}
