import { Button, Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { tellProblem } from "../parts/toast";
import { renewDashboards } from "./calls";
import { choiceText, commonChoices } from "./period";
import css from "../parts/ShareDialog.module.css";
import type { DashboardDetail, Layout, TimeChoice } from "./types";

interface OptionsDialogProps {
  dashboard: DashboardDetail;
  layout: Layout;
  onChange: (layout: Layout) => void;
  onClose: () => void;
}

const REFRESH = [
  { value: "", label: "Off" },
  { value: "10", label: "Every 10 seconds" },
  { value: "30", label: "Every 30 seconds" },
  { value: "300", label: "Every 5 minutes" },
];

/** What holds for the whole dashboard: its name at once, its zone, time range and refresh with the draft. */
export function OptionsDialog({ dashboard, layout, onChange, onClose }: OptionsDialogProps) {
  const [name, setName] = useState(dashboard.name);
  const [description, setDescription] = useState(dashboard.description);
  const [zone, setZone] = useState(layout.zone);
  const [range, setRange] = useState<TimeChoice | null>(layout.timeRange ?? null);
  const [refresh, setRefresh] = useState(String(layout.refreshSeconds ?? ""));
  const reading = { locale: "en", zone };
  const choices = [...commonChoices("now"), ...commonChoices("newest")];
  const keyOf = (choice: TimeChoice | null) => (choice ? JSON.stringify(choice) : "");
  const isOwn = range !== null && !choices.some((choice) => keyOf(choice) === keyOf(range));

  const rename = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH("/api/v1/dashboards/{dashboard_id}", {
          params: { path: { dashboard_id: dashboard.dashboardId } },
          body: { name: name.trim(), description },
        }),
      ),
    onSuccess: renewDashboards,
    onError: (error) => tellProblem(error),
  });
  const apply = () => {
    if (name.trim() !== dashboard.name || description !== dashboard.description) rename.mutate();
    onChange({ ...layout, zone, timeRange: range, refreshSeconds: refresh ? Number(refresh) : null });
    onClose();
  };

  return (
    <Modal opened onClose={onClose} title="Dashboard options">
      <form
        className={css.body}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <TextInput label="Name" required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Textarea
          label="Description"
          maxLength={2000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <NativeSelect
          label="Time range when opened"
          value={keyOf(range)}
          onChange={(event) => {
            const key = event.currentTarget.value;
            setRange(choices.find((choice) => keyOf(choice) === key) ?? (isOwn && key ? range : null));
          }}
          data={[
            { value: "", label: "As each chart has it" },
            ...(isOwn ? [{ value: keyOf(range), label: choiceText(range, reading) }] : []),
            ...choices.map((choice) => ({
              value: keyOf(choice),
              label: `${choiceText(choice, reading)}${choice.anchor === "newest" ? ", from the newest data" : ""}`,
            })),
          ]}
        />
        <NativeSelect
          label="Time zone of days and hours"
          value={zone}
          onChange={(event) => setZone(event.currentTarget.value)}
          data={[...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])]}
        />
        <NativeSelect
          label="Load again by itself"
          value={refresh}
          onChange={(event) => setRefresh(event.currentTarget.value)}
          data={REFRESH}
        />
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" disabled={!name.trim()}>
            Apply
          </Button>
        </div>
      </form>
    </Modal>
  );
}
