import { Menu } from "@mantine/core";
import type { ReactElement } from "react";
import type { Choice } from "./PickOne";

interface PickOneOpenProps {
  target: ReactElement;
  choices: readonly Choice[];
  value: string | null;
  onPick: (value: string) => void;
}

/** The menu behind `PickOne`, open as soon as it is there. */
export default function PickOneOpen({ target, choices, value, onPick }: PickOneOpenProps) {
  return (
    <Menu defaultOpened position="bottom-end" width={240}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={value} onChange={onPick}>
          {choices.map((choice) => (
            <Menu.RadioItem key={choice.value} value={choice.value} rightSection={choice.hint}>
              {choice.text}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
