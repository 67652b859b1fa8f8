import "@mantine/core/styles/Pill.layer.css";
import "@mantine/core/styles/PillsInput.layer.css";
import { Button, Modal, MultiSelect, NativeSelect, SegmentedControl, Textarea, TextInput, UnstyledButton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api, unwrap } from "../../app/api";
import { refusalOf } from "../../parts/fields";
import { Notice } from "../../parts/Notice";
import type { CatalogTable } from "../calls";
import { ACCESS, type Rule } from "./calls";
import css from "./access.module.css";
import { useSettled } from "./settled";
import { choicesOf, type Directory, isNobody, KIND_NAMES, KINDS, peopleOf, tableText, valuesOf } from "./words";

const NOBODY = { roles: [], groups: [], users: [] };

interface RuleDialogProps {
  sourceId: string;
  tables: readonly CatalogTable[];
  directory: Directory;
  rule: Rule | null;
  error: unknown;
  isSaving: boolean;
  onSave: (rule: Rule) => void;
  onClose: () => void;
}

/** One rule: on which table, what it takes away, from whom. */
export function RuleDialog({ sourceId, tables, directory, rule, error, isSaving, onSave, onClose }: RuleDialogProps) {
  const names = tables.map((table) => tableText({ table: table.name, schema: table.schema }));
  const [name, setName] = useState(rule ? tableText(rule) : (names[0] ?? ""));
  const [kind, setKind] = useState<Rule["kind"]>(rule?.kind ?? "rows");
  const [column, setColumn] = useState(rule?.column ?? "");
  const [condition, setCondition] = useState(rule?.condition ?? "");
  const [isForAll, setForAll] = useState(rule?.bindsEverybody ?? true);
  const [binds, setBinds] = useState(valuesOf(rule?.binds ?? NOBODY));
  const [spares, setSpares] = useState(valuesOf(rule?.spares ?? NOBODY));
  const [note, setNote] = useState(rule?.note ?? "");
  const field = useRef<HTMLTextAreaElement>(null);

  const table = tables[names.indexOf(name)];
  const isOfColumn = kind === "hide_column" || kind === "mask_column";
  const columns = table?.columns.map((each) => each.name) ?? [];
  const chosen = columns.includes(column) ? column : (columns[0] ?? "");
  const asked = useSettled(condition.trim(), 400);
  const check = useQuery({
    queryKey: ["sources", "condition", sourceId, name, asked],
    queryFn: () =>
      unwrap(
        api.POST(`${ACCESS}/condition`, {
          params: { path: { source_id: sourceId } },
          body: { table: table?.name ?? "", schema: table?.schema ?? null, condition: asked },
        }),
      ),
    enabled: kind === "rows" && asked !== "" && table !== undefined,
    placeholderData: keepPreviousData,
  });
  const isChecked = check.isSuccess && !check.isPlaceholderData && asked === condition.trim();
  const people = choicesOf(directory);
  const isWhole =
    table !== undefined &&
    (kind !== "rows" || (condition.trim() !== "" && isChecked && !check.data.reason)) &&
    (isForAll || !isNobody(peopleOf(binds)));

  const insert = (text: string) => {
    const at = field.current?.selectionStart ?? condition.length;
    setCondition(condition.slice(0, at) + text + condition.slice(field.current?.selectionEnd ?? at));
    field.current?.focus();
  };

  return (
    <Modal opened onClose={onClose} title={rule ? "Change a rule" : "Add a rule"} size={620}>
      <form
        className={css.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWhole) return;
          onSave({
            kind,
            table: table.name,
            schema: table.schema ?? null,
            column: isOfColumn ? chosen : null,
            condition: kind === "rows" ? condition.trim() : null,
            bindsEverybody: isForAll,
            binds: isForAll ? NOBODY : peopleOf(binds),
            spares: peopleOf(spares),
            note: note.trim(),
          });
        }}
      >
        <NativeSelect
          label="Table"
          data-autofocus
          data={names.includes(name) ? names : [{ value: name, label: `${name} (not there any more)` }, ...names]}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label="What the rule does"
          data={KIND_NAMES.map((value) => ({ value, label: KINDS[value] }))}
          value={kind}
          onChange={(event) => setKind(KIND_NAMES.find((each) => each === event.currentTarget.value) ?? kind)}
        />
        {isOfColumn && (
          <NativeSelect
            label="Column"
            data={columns}
            value={chosen}
            onChange={(event) => setColumn(event.currentTarget.value)}
          />
        )}
        {kind === "rows" && (
          <>
            <Textarea
              ref={field}
              className={css.condition}
              label="Show rows where"
              description="A condition in the source's SQL. {user.region} stands for an attribute of whoever looks; {user.email} and {user.id} everybody has. Who lacks an attribute sees no row."
              placeholder="region = {user.region}"
              autosize
              minRows={2}
              spellCheck={false}
              value={condition}
              onChange={(event) => setCondition(event.currentTarget.value)}
            />
            <div className={css.columns} role="group" aria-label="Columns to put into the condition">
              {columns.map((each) => (
                <UnstyledButton key={each} type="button" className={css.column} onClick={() => insert(each)}>
                  {each}
                </UnstyledButton>
              ))}
            </div>
            {condition.trim() !== "" && isChecked && (
              <Notice tone={check.data.reason ? "danger" : "ok"}>
                {check.data.reason ??
                  (check.data.attributes.length > 0
                    ? `This can be applied. It asks for ${check.data.attributes.join(" and ")} of whoever looks.`
                    : "This can be applied.")}
              </Notice>
            )}
            {check.isError && <Notice tone="danger">{refusalOf(check.error)}</Notice>}
          </>
        )}
        <SegmentedControl
          aria-label="Whom the rule binds"
          data={[
            { value: "all", label: "Everybody but administrators" },
            { value: "some", label: "Some people" },
          ]}
          value={isForAll ? "all" : "some"}
          onChange={(value) => setForAll(value === "all")}
        />
        {!isForAll && (
          <MultiSelect label="For" placeholder="Roles, groups, people" data={people} searchable value={binds} onChange={setBinds} />
        )}
        <MultiSelect label="Not for" placeholder="Nobody is left out" data={people} searchable value={spares} onChange={setSpares} />
        <TextInput label="Note" maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        {error !== null && error !== undefined && <Notice tone="danger">{refusalOf(error)}</Notice>}
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" disabled={!isWhole} loading={isSaving}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
