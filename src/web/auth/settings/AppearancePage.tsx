import { SegmentedControl, Switch } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, unwrap } from "../../app/api";
import { type Preferences, setPreference, usePreferences } from "../../app/preferences";
import { takeSession } from "../../app/session";
import { Card, CardList, CardRow } from "../../parts/Card";
import { tellProblem } from "../../parts/toast";
import { Heading } from "./Heading";
import css from "./settings.module.css";

const THEMES: { value: Preferences["theme"]; label: string }[] = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "As the system" },
];
const DENSITIES: { value: Preferences["density"]; label: string }[] = [
  { value: "compact", label: "Compact" },
  { value: "default", label: "Default" },
  { value: "relaxed", label: "Relaxed" },
];

export function AppearancePage() {
  const { theme, density, hasSingleKeys } = usePreferences();
  const saveTheme = useMutation({
    mutationFn: (chosen: Preferences["theme"]) => unwrap(api.PATCH("/api/v1/auth/profile", { body: { theme: chosen } })),
    onMutate: (chosen) => setPreference("theme", chosen),
    onSuccess: takeSession,
    onError: tellProblem,
  });
  return (
    <div className={css.narrow}>
      <Heading title="Appearance">The theme follows you; the rest is remembered by this browser.</Heading>
      <Card>
        <CardList>
          <CardRow title="Theme">
            <SegmentedControl
              aria-label="Theme"
              data={THEMES}
              value={theme}
              onChange={(chosen) => saveTheme.mutate(chosen)}
            />
          </CardRow>
          <CardRow title="Rows of tables" sub="Touch screens always get the tall ones.">
            <SegmentedControl
              aria-label="Rows of tables"
              data={DENSITIES}
              value={density}
              onChange={(chosen) => setPreference("density", chosen)}
            />
          </CardRow>
          <CardRow title="Single-key shortcuts" sub="Press ? for the list.">
            <Switch
              aria-label="Single-key shortcuts"
              checked={hasSingleKeys}
              onChange={(event) => setPreference("hasSingleKeys", event.currentTarget.checked)}
            />
          </CardRow>
        </CardList>
      </Card>
    </div>
  );
}
