/** The simple schedules of the form, written as cron and read back from it. */

export type Every = "day" | "week" | "month" | "custom";

export interface Simple {
  every: Every;
  /** 1 is Monday, 7 is Sunday. */
  weekdays: number[];
  dayOfMonth: number;
  /** "07:00". */
  time: string;
  cron: string;
}

export const MONDAY_MORNING: Simple = {
  every: "week",
  weekdays: [1],
  dayOfMonth: 1,
  time: "07:00",
  cron: "0 7 * * 1",
};

export function cronOf({ every, weekdays, dayOfMonth, time, cron }: Simple): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  switch (every) {
    case "day":
      return `${minute} ${hour} * * *`;
    case "week":
      return `${minute} ${hour} * * ${weekdays.toSorted((a, b) => a - b).join(",") || "1"}`;
    case "month":
      return `${minute} ${hour} ${dayOfMonth} * *`;
    case "custom":
      return cron;
  }
}

const DAILY = /^(\d{1,2}) (\d{1,2}) \* \* \*$/u;
const WEEKLY = /^(\d{1,2}) (\d{1,2}) \* \* ([0-7](?:,[0-7])*)$/u;
const MONTHLY = /^(\d{1,2}) (\d{1,2}) (\d{1,2}) \* \*$/u;

export function simpleOf(cron: string): Simple {
  const time = (minute = "0", hour = "0") => `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  const week = WEEKLY.exec(cron);
  if (week) {
    const weekdays = (week[3] ?? "").split(",").map((day) => Number(day) || 7);
    return { ...MONDAY_MORNING, every: "week", weekdays, time: time(week[1], week[2]), cron };
  }
  const day = DAILY.exec(cron);
  if (day) return { ...MONDAY_MORNING, every: "day", time: time(day[1], day[2]), cron };
  const month = MONTHLY.exec(cron);
  if (month) {
    return { ...MONDAY_MORNING, every: "month", dayOfMonth: Number(month[3]), time: time(month[1], month[2]), cron };
  }
  return { ...MONDAY_MORNING, every: "custom", cron };
}
