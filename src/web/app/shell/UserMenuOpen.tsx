import { Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Icon } from "../../parts/Icon";
import { api, unwrap } from "../api";
import { type Preferences, setPreference, usePreferences } from "../preferences";
import { queryClient } from "../query";
import { sessionQuery, takeSession } from "../session";
import { useShell } from "./shell-context";

const THEMES: { value: Preferences["theme"]; label: string }[] = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "As the system" },
];

function themeOf(chosen: string): Preferences["theme"] {
  return THEMES.find(({ value }) => value === chosen)?.value ?? "system";
}

/** The menu behind the reader's name, open as soon as it is there. */
export default function UserMenuOpen({ target }: { target: ReactElement }) {
  const navigate = useNavigate();
  const shell = useShell();
  const { theme } = usePreferences();

  const saveTheme = useMutation({
    mutationFn: (chosen: Preferences["theme"]) =>
      unwrap(api.PATCH("/api/v1/auth/profile", { body: { theme: chosen } })),
    onMutate: (chosen) => setPreference("theme", chosen),
    onSuccess: takeSession,
  });
  const signOut = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/logout")),
    onSettled: async () => {
      queryClient.clear();
      await queryClient.fetchQuery(sessionQuery);
      await navigate({ to: "/login" });
    },
  });

  return (
    <Menu defaultOpened position="top-start" width={232}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Theme</Menu.Label>
        <Menu.RadioGroup value={theme} onChange={(chosen) => saveTheme.mutate(themeOf(chosen))}>
          {THEMES.map(({ value, label }) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick={false}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="person" />} onClick={() => void navigate({ to: "/settings/profile" })}>
          Profile
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={() => shell?.openKeyboard()}>
          Keyboard
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => signOut.mutate()}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
