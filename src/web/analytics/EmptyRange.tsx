import { Button } from "@mantine/core";
import type { Schemas } from "../app/api";
import { useLocale } from "../parts/locale";
import { EmptyState } from "../parts/State";
import { dateText } from "../parts/time";
import { newestDays } from "./asked";

interface EmptyRangeProps {
  /** The calendar day of the newest data there is. */
  newest: string;
  isBusy: boolean;
  onPatch: (patch: Schemas["Patch"]) => void;
}

/** The days asked for have no data: says which have, and leads there. */
export function EmptyRange({ newest, isBusy, onPatch }: EmptyRangeProps) {
  const { locale } = useLocale();
  const day = dateText(new Date(`${newest}T12:00:00Z`), { locale, zone: "UTC" });
  return (
    <EmptyState
      icon="info"
      title="No data in these days"
      actions={
        <Button size="xs" loading={isBusy} onClick={() => onPatch(newestDays(newest, 30))}>
          Show the newest 30 days
        </Button>
      }
    >
      The newest data is of {day}.
    </EmptyState>
  );
}
