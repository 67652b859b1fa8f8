import { useQuery } from "@tanstack/react-query";
import { asProblem } from "../app/problem";
import { Notice } from "../parts/Notice";
import { scheduleQuery } from "./calls";
import css from "./ReportForm.module.css";

/** A schedule read back in words, with the next five times it comes due. */
export function ScheduleNote({ cron, zone }: { cron: string; zone: string }) {
  const schedule = useQuery({ ...scheduleQuery(cron, zone), enabled: cron.length >= 9, placeholderData: (old) => old });
  if (schedule.isError) return <Notice tone="warn">{asProblem(schedule.error).message}</Notice>;
  if (!schedule.data) return null;
  return (
    <p className={css.note}>
      {schedule.data.description}. Next: {schedule.data.nextTimes.map((time) => time.local).join(" · ")}
    </p>
  );
}
