import type { IconName } from "../parts/Icon";
import { Tag, type Tone } from "../parts/Tag";
import type { RunSummary } from "./calls";

const STATES: Record<string, { tone: Tone; icon: IconName; label: string }> = {
  running: { tone: "info", icon: "clock", label: "Running" },
  retrying: { tone: "warn", icon: "refresh", label: "Trying again" },
  delivering: { tone: "info", icon: "mail", label: "Being sent" },
  sent: { tone: "ok", icon: "check", label: "Sent" },
  partly_sent: { tone: "warn", icon: "warning", label: "Sent to some" },
  failed: { tone: "danger", icon: "warning", label: "Failed" },
  skipped: { tone: "warn", icon: "pause", label: "Skipped" },
};

/** How a run of a report went, in a word. */
export function RunTag({ run }: { run: Pick<RunSummary, "state" | "isTest"> }) {
  const { tone, icon, label } = STATES[run.state] ?? { tone: "plain", icon: "info", label: run.state };
  return (
    <Tag tone={tone} icon={icon}>
      {run.isTest ? `${label}, test` : label}
    </Tag>
  );
}
