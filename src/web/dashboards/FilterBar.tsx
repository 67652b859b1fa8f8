import { ActionIcon, Button, Menu, Popover, Tooltip } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Chip } from "../parts/Chip";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { durationText, zoneText } from "../parts/time";
import css from "./FilterBar.module.css";
import { choiceText, commonChoices, scopeText, shifted } from "./period";
import { type Compare, COMPARISONS, type Grain, GRAINS } from "./search";
import type { FilterSlot, Layout, Scope, ScopeChoice, TimeChoice } from "./types";

interface FilterBarProps {
  layout: Layout;
  /** What is being shown, once the server has said. */
  scope: Scope | null;
  choice: ScopeChoice;
  onChange: (choice: ScopeChoice) => void;
  /** The grain is that of a view; a dashboard has none of its own. */
  hasGrain?: boolean;
  /** While editing: takes a filter off the bar. */
  onRemove?: (column: string) => void;
  children?: ReactNode;
}

/** Time range and filters of the whole dashboard, with the zone in which days are read. */
export function FilterBar({ layout, scope, choice, onChange, hasGrain = true, onRemove, children }: FilterBarProps) {
  const { locale } = useLocale();
  const reading = { locale, zone: layout.zone };
  const chosen = choice.timeRange ?? layout.timeRange ?? null;
  const anchor = layout.timeRange?.type === "relative" ? layout.timeRange.anchor : "now";
  const now = new Date(useNow(60_000));
  const [isPicking, setPicking] = useState(false);
  const setRange = (timeRange: TimeChoice | null) => {
    setPicking(false);
    onChange({ ...choice, timeRange });
  };
  const shift = (direction: -1 | 1) => {
    const moved = scope && shifted(scope, direction);
    if (moved) setRange(moved);
  };

  return (
    <div className={css.bar} role="group" aria-label="Time range and filters">
      <Popover opened={isPicking} onChange={setPicking} position="bottom-start" trapFocus>
        <Popover.Target>
          <Chip
            icon="calendar"
            value={(scope && scopeText(scope, locale)) ?? (chosen ? choiceText(chosen, reading) : "Time as charted")}
            extra={chosen?.type === "relative" ? choiceText(chosen, reading) : undefined}
            hasMenu
            aria-haspopup="dialog"
            onClick={() => setPicking(!isPicking)}
          />
        </Popover.Target>
        <Popover.Dropdown className={css.picker}>
          {commonChoices(anchor).map((each) => (
            <Button key={choiceText(each, reading)} variant="subtle" size="xs" justify="flex-start" onClick={() => setRange(each)}>
              {sentence(choiceText(each, reading))}
            </Button>
          ))}
          <DaysForm scope={scope} onChoose={setRange} />
          {choice.timeRange && (
            <Button variant="subtle" size="xs" color="accent" justify="flex-start" onClick={() => setRange(null)}>
              Back to the dashboard’s own range
            </Button>
          )}
        </Popover.Dropdown>
      </Popover>
      <span className={css.shift}>
        <Tooltip label="Earlier">
          <ActionIcon aria-label="Earlier" disabled={!scope?.timeRange} onClick={() => shift(-1)}>
            <Icon name="left" />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Later">
          <ActionIcon aria-label="Later" disabled={!scope?.timeRange} onClick={() => shift(1)}>
            <Icon name="right" />
          </ActionIcon>
        </Tooltip>
      </span>
      <CompareMenu
        value={choice.compare ?? layout.compare ?? "none"}
        compared={scope?.compared ?? null}
        isPossible={scope?.timeRange != null}
        onChange={(compare) => onChange({ ...choice, compare })}
      />
      {hasGrain && <GrainMenu value={choice.grain ?? null} onChange={(grain) => onChange({ ...choice, grain })} />}
      {layout.filters.map((slot) => (
        <FilterMenu key={slot.column} slot={slot} choice={choice} onChange={onChange} onRemove={onRemove} />
      ))}
      {children}
      <span className={css.zone}>
        {layout.refreshSeconds && (
          <span className={css.live}>
            <span aria-hidden="true" /> Live, every {durationText(layout.refreshSeconds * 1000, locale)}
          </span>
        )}
        {scope?.timeRange
          ? zoneText(layout.zone, new Date(scope.timeRange.start), new Date(scope.timeRange.end))
          : zoneText(layout.zone, now)}
      </span>
    </div>
  );
}

const COMPARED: Record<Compare, string> = {
  previous: "Previous period",
  week: "A week earlier",
  year: "52 weeks earlier, same weekdays",
  none: "Nothing",
};

interface CompareMenuProps {
  value: Compare;
  /** The earlier period and what it is called, once the server has said. */
  compared: Scope["compared"];
  isPossible: boolean;
  onChange: (compare: Compare) => void;
}

function CompareMenu({ value, compared, isPossible, onChange }: CompareMenuProps) {
  const { locale } = useLocale();
  const isOff = value === "none" || !isPossible;
  return (
    <RadioChip
      name="Compare"
      shown={isOff ? "off" : sentence(compared?.label ?? COMPARED[value])}
      extra={isOff || !compared ? undefined : (scopeText(compared, locale) ?? undefined)}
      value={value}
      choices={COMPARISONS.map((each) => [each, COMPARED[each]])}
      isPossible={isPossible}
      onChange={onChange}
    />
  );
}

const GRAIN_NAMES: Record<Grain, string> = {
  minute15: "15 min",
  hour: "1 h",
  day: "1 day",
  week: "1 week",
  month: "1 month",
  quarter: "1 quarter",
  year: "1 year",
};

function GrainMenu({ value, onChange }: { value: Grain | null; onChange: (grain: Grain | null) => void }) {
  return (
    <RadioChip<Grain | "own">
      name="Grain"
      shown={value ? GRAIN_NAMES[value] : "as charted"}
      value={value ?? "own"}
      choices={[["own", "As each chart has it"], ...GRAINS.map((each): [Grain, string] => [each, GRAIN_NAMES[each]])]}
      onChange={(grain) => onChange(grain === "own" ? null : grain)}
    />
  );
}

interface RadioChipProps<V extends string> {
  name: string;
  shown: string;
  /** Said beside it, in a quieter voice. */
  extra?: string;
  value: V;
  choices: readonly [V, string][];
  isPossible?: boolean;
  onChange: (value: V) => void;
}

function RadioChip<V extends string>({ name, shown, extra, value, choices, isPossible = true, onChange }: RadioChipProps<V>) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Chip name={name} value={shown} extra={extra} disabled={!isPossible} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={value}
          onChange={(picked) => {
            const found = choices.find(([each]) => each === picked);
            if (found) onChange(found[0]);
          }}
        >
          {choices.map(([each, words]) => (
            <Menu.RadioItem key={each} value={each} closeMenuOnClick>
              {words}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function DaysForm({ scope, onChoose }: { scope: Scope | null; onChoose: (choice: TimeChoice) => void }) {
  const day = (at: string | undefined, back: number) =>
    at ? new Intl.DateTimeFormat("sv-SE", { timeZone: scope?.timeRange?.zone }).format(Date.parse(at) - back) : "";
  const [first, setFirst] = useState(day(scope?.timeRange?.start, 0));
  const [last, setLast] = useState(day(scope?.timeRange?.end, 1));
  return (
    <form
      className={css.days}
      onSubmit={(event) => {
        event.preventDefault();
        onChoose({ type: "days", firstOn: first, lastOn: last });
      }}
    >
      <label>
        From
        <input type="date" required value={first} onChange={(event) => setFirst(event.currentTarget.value)} />
      </label>
      <label>
        to
        <input
          type="date"
          required
          min={first}
          value={last}
          onChange={(event) => setLast(event.currentTarget.value)}
        />
      </label>
      <Button type="submit" size="xs" disabled={!first || !last || last < first}>
        Show
      </Button>
    </form>
  );
}

function FilterMenu({
  slot,
  choice,
  onChange,
  onRemove,
}: { slot: FilterSlot } & Pick<FilterBarProps, "choice" | "onChange" | "onRemove">) {
  const own = choice.filters.find((filter) => filter.column === slot.column);
  const chosen = own?.values ?? slot.chosen;
  const toggle = (value: (typeof chosen)[number]) => {
    const values = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
    const others = (choice.filters ?? []).filter((filter) => filter.column !== slot.column);
    onChange({ ...choice, filters: [...others, { column: slot.column, operator: slot.operator, values }] });
  };
  const label = slot.label || slot.column;
  return (
    <Menu closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <Chip
          name={label}
          value={chosen.length === 0 ? "all" : chosen.length === 1 ? String(chosen[0]) : String(chosen.length)}
          hasMenu
        />
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflow: "auto" }}>
        {onRemove && (
          <Menu.Item leftSection={<Icon name="trash" />} onClick={() => onRemove(slot.column)}>
            Remove this filter
          </Menu.Item>
        )}
        {slot.allowed.length === 0 && <Menu.Label>Its values are listed when the dashboard is edited.</Menu.Label>}
        {slot.allowed.map((value) => (
          <Menu.Item
            key={String(value)}
            role="menuitemcheckbox"
            aria-checked={chosen.includes(value)}
            leftSection={<Icon name={chosen.includes(value) ? "check" : "plus"} />}
            onClick={() => toggle(value)}
          >
            {String(value)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
