import { Menu } from "@mantine/core";
import { useState } from "react";
import { Chip } from "../parts/Chip";
import { FilterBar } from "./FilterBar";
import { FilterDialog } from "./FilterDialog";
import { type Layout, NO_CHOICE, type Scope, type ScopeChoice } from "./types";

const REFRESH = [
  { value: "", words: "off" },
  { value: "10", words: "10 s" },
  { value: "30", words: "30 s" },
  { value: "300", words: "5 min" },
];

interface DraftBarProps {
  layout: Layout;
  scope: Scope | null;
  onChange: (layout: Layout) => void;
}

/** The bar of the dashboard while it is edited: what is chosen here is what its viewers begin with. */
export function DraftBar({ layout, scope, onChange }: DraftBarProps) {
  const [isAdding, setAdding] = useState(false);
  const keep = ({ timeRange, compare, filters }: ScopeChoice) =>
    onChange({
      ...layout,
      timeRange: timeRange ?? layout.timeRange,
      compare: compare === "none" ? null : (compare ?? layout.compare),
      filters: layout.filters.map((slot) => ({
        ...slot,
        chosen: filters.find((filter) => filter.column === slot.column)?.values ?? slot.chosen,
      })),
    });
  const refresh = String(layout.refreshSeconds ?? "");
  return (
    <FilterBar
      layout={layout}
      scope={scope}
      choice={NO_CHOICE}
      onChange={keep}
      hasGrain={false}
      onRemove={(column) => onChange({ ...layout, filters: layout.filters.filter((slot) => slot.column !== column) })}
    >
      <Chip icon="plus" value="Filter" isDashed aria-haspopup="dialog" onClick={() => setAdding(true)} />
      <Menu position="bottom-end">
        <Menu.Target>
          <Chip name="Refresh" value={REFRESH.find((each) => each.value === refresh)?.words ?? `${refresh} s`} hasMenu />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup
            value={refresh}
            onChange={(seconds) => onChange({ ...layout, refreshSeconds: seconds ? Number(seconds) : null })}
          >
            {REFRESH.map(({ value, words }) => (
              <Menu.RadioItem key={value} value={value} closeMenuOnClick>
                {words}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
      {isAdding && (
        <FilterDialog
          layout={layout}
          onAdd={(slot) => {
            onChange({ ...layout, filters: [...layout.filters, slot] });
            setAdding(false);
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </FilterBar>
  );
}
