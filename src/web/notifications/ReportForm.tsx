import { Button, Checkbox, NativeSelect, NumberInput, SegmentedControl, TextInput, Textarea } from "@mantine/core";
import "@mantine/core/styles/NumberInput.layer.css";
import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { asProblem } from "../app/problem";
import { Card } from "../parts/Card";
import { Notice } from "../parts/Notice";
import { tell, tellProblem } from "../parts/toast";
import type { ReportContent, ReportInput } from "./calls";
import { cronOf, type Every, simpleOf } from "./cron";
import { Preview } from "./Preview";
import { Recipients } from "./Recipients";
import css from "./ReportForm.module.css";
import { ScheduleNote } from "./ScheduleNote";
import { TargetSelect } from "./TargetSelect";

const EVERY: { value: Every; label: string }[] = [
  { value: "day", label: "Day" },
  { value: "week", label: "Week" },
  { value: "month", label: "Month" },
  { value: "custom", label: "Cron" },
];
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const COVERS: { value: ReportInput["covers"]; label: string }[] = [
  { value: "own", label: "The dashboard’s own time range" },
  { value: "previous_day", label: "The day before" },
  { value: "previous_week", label: "Previous calendar week" },
  { value: "previous_month", label: "Previous calendar month" },
];
const ATTACH: { value: ReportInput["attach"]; label: string }[] = [
  { value: "none", label: "Nothing" },
  { value: "csv", label: "Data as CSV" },
  { value: "xlsx", label: "Data as XLSX" },
];

interface ReportFormProps {
  start: ReportInput;
  label: string;
  save: UseMutationResult<unknown, Error, ReportInput>;
}

/** Everything of a report on the left, the mail as it will arrive on the right. */
export function ReportForm({ start, label, save }: ReportFormProps) {
  const [report, setReport] = useState(start);
  const [simple, setSimple] = useState(() => simpleOf(start.cron));
  const set = <Name extends keyof ReportInput>(name: Name, value: ReportInput[Name]) =>
    setReport((before) => ({ ...before, [name]: value }));
  const reschedule = (change: Partial<typeof simple>) => {
    const next = { ...simple, ...change };
    setSimple(next);
    set("cron", cronOf(next));
  };
  const content: ReportContent = {
    target: report.target,
    subject: report.subject,
    text: report.text,
    zone: report.zone,
    covers: report.covers,
    attach: report.attach,
    skipBelowPercent: report.skipBelowPercent ?? null,
  };
  const hasTarget = report.target.type === "question" ? report.target.questionId : report.target.dashboardId;
  const test = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/reports/tests", { body: content })),
    onSuccess: ({ recipient }) => tell(`A test is on its way to ${recipient}.`),
    onError: (error) => tellProblem(error),
  });
  const failure = save.error ? asProblem(save.error) : null;
  const field = (name: string) => failure?.fields[name];

  return (
    <div className={css.split}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(report);
        }}
      >
        <Card isPadded>
          <div className={css.fields}>
            {failure && (
              <Notice tone="danger" title={failure.title}>
                {failure.message}
              </Notice>
            )}
            <TargetSelect value={report.target} onChange={(target) => set("target", target)} />
            <TextInput
              label="Subject"
              description="{name}, {period}, {week} and {date} are filled in when it is sent."
              required
              maxLength={200}
              error={field("subject")}
              value={report.subject}
              onChange={(event) => set("subject", event.currentTarget.value)}
            />
            <fieldset className={css.group}>
              <legend>Send every</legend>
              <SegmentedControl
                aria-label="Send every"
                data={EVERY}
                value={simple.every}
                onChange={(every) => reschedule({ every, cron: report.cron })}
              />
              {simple.every === "week" && (
                <div className={css.days}>
                  {WEEKDAYS.map((name, index) => {
                    const day = index + 1;
                    const isOn = simple.weekdays.includes(day);
                    const others = simple.weekdays.filter((each) => each !== day);
                    return (
                      <Button
                        key={name}
                        size="xs"
                        variant={isOn ? "filled" : "default"}
                        aria-pressed={isOn}
                        onClick={() => reschedule({ weekdays: isOn ? (others.length ? others : [day]) : [...others, day] })}
                      >
                        {name}
                      </Button>
                    );
                  })}
                </div>
              )}
            </fieldset>
            <div className={css.pair}>
              {simple.every === "custom" ? (
                <TextInput
                  label="Cron: minute, hour, day, month, weekday"
                  required
                  error={field("cron")}
                  value={simple.cron}
                  onChange={(event) => reschedule({ cron: event.currentTarget.value })}
                />
              ) : (
                <TextInput
                  label="At"
                  type="time"
                  required
                  value={simple.time}
                  onChange={(event) => reschedule({ time: event.currentTarget.value || "07:00" })}
                />
              )}
              {simple.every === "month" && (
                <NumberInput
                  label="Day of the month"
                  min={1}
                  max={28}
                  value={simple.dayOfMonth}
                  onChange={(value) => reschedule({ dayOfMonth: Number(value) || 1 })}
                />
              )}
              <NativeSelect
                label="Time zone"
                value={report.zone}
                onChange={(event) => set("zone", event.currentTarget.value)}
                data={[...new Set([report.zone, "UTC", ...Intl.supportedValuesOf("timeZone")])]}
              />
            </div>
            <ScheduleNote cron={report.cron} zone={report.zone} />
            <NativeSelect
              label="Covers"
              value={report.covers}
              onChange={(event) =>
                set("covers", COVERS.find(({ value }) => value === event.currentTarget.value)?.value ?? "own")
              }
              data={COVERS}
            />
            <Recipients value={report.recipients} onChange={(to) => set("recipients", to)} error={field("recipients")} />
            <Textarea
              label="Message (Markdown)"
              autosize
              minRows={2}
              maxRows={8}
              maxLength={10_000}
              value={report.text}
              onChange={(event) => set("text", event.currentTarget.value)}
            />
            <NativeSelect
              label="Attach"
              value={report.attach}
              onChange={(event) =>
                set("attach", ATTACH.find(({ value }) => value === event.currentTarget.value)?.value ?? "none")
              }
              data={ATTACH}
            />
            <div className={css.skip}>
              <Checkbox
                label="Skip it, and tell me, when less than"
                checked={report.skipBelowPercent !== null}
                onChange={(event) => set("skipBelowPercent", event.currentTarget.checked ? 95 : null)}
              />
              <NumberInput
                aria-label="Percent of the data that must have arrived"
                min={1}
                max={100}
                w={80}
                suffix=" %"
                disabled={report.skipBelowPercent === null}
                value={report.skipBelowPercent ?? 95}
                onChange={(value) => set("skipBelowPercent", Number(value) || 95)}
              />
              <span>of the data has arrived</span>
            </div>
          </div>
        </Card>
        <div className={css.buttons}>
          <Button loading={test.isPending} disabled={!hasTarget} onClick={() => test.mutate()}>
            Send me a test
          </Button>
          <Button
            type="submit"
            variant="filled"
            loading={save.isPending}
            disabled={!hasTarget || report.recipients.length === 0}
          >
            {label}
          </Button>
        </div>
      </form>
      <Preview content={hasTarget ? content : null} />
    </div>
  );
}
