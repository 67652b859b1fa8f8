import { UnstyledButton } from "@mantine/core";
import type { Schemas } from "../app/api";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { numberText } from "../parts/number";
import type { CatalogTable } from "./calls";
import css from "./TableList.module.css";

interface TableListProps {
  tables: readonly CatalogTable[];
  hidden: readonly Schemas["TableName"][];
  shown: CatalogTable;
  onShow: (table: CatalogTable) => void;
}

/** The tables of a source with their row counts. */
export function TableList({ tables, hidden, shown, onShow }: TableListProps) {
  const { locale } = useLocale();
  return (
    <Card title="Tables" isRuled>
      <ul className={css.list}>
        {tables.map((table) => (
          <li key={`${table.schema ?? ""}.${table.name}`}>
            <UnstyledButton
              className={css.table}
              aria-current={table === shown || undefined}
              onClick={() => onShow(table)}
            >
              <Icon name={table.isView ? "eye" : "table"} size={14} />
              <span className={css.name}>{table.schema ? `${table.schema}.${table.name}` : table.name}</span>
              <span className={css.count}>{numberText(table.rowCount ?? null, locale, { fixed: 0 })}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {hidden.length > 0 && <p className={css.hidden}>Hidden: {hidden.map(({ name }) => name).join(", ")}</p>}
    </Card>
  );
}
