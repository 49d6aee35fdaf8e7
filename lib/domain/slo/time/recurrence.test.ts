import { describe, expect, it, test } from "vitest";
import { type Recurrence, readRecurrence } from "./recurrence.ts";
import { recurringDays } from "./recurring-days.ts";

const PLAIN: Recurrence = {
  frequency: "DAILY",
  interval: 1,
  byDay: [],
  byMonthDay: [],
  count: null,
  untilMs: null,
};

describe("readRecurrence", () => {
  it.each<[string, Partial<Recurrence>]>([
    ["FREQ=DAILY", {}],
    ["RRULE:freq=daily;interval=3", { interval: 3 }],
    ["FREQ=DAILY;INTERVAL=366", { interval: 366 }],
    [
      "FREQ=WEEKLY;BYDAY=SU,WE",
      {
        frequency: "WEEKLY",
        byDay: [
          { weekday: "SU", nth: null },
          { weekday: "WE", nth: null },
        ],
      },
    ],
    [
      "FREQ=MONTHLY;BYDAY=-1SU;COUNT=6",
      { frequency: "MONTHLY", byDay: [{ weekday: "SU", nth: -1 }], count: 6 },
    ],
    ["FREQ=MONTHLY;BYMONTHDAY=1,-1", { frequency: "MONTHLY", byMonthDay: [1, -1] }],
    ["FREQ=DAILY;UNTIL=20261231T235959Z", { untilMs: Date.UTC(2026, 11, 31, 23, 59, 59) }],
  ])("reads %s", (text, expected) => {
    expect(readRecurrence(text)).toEqual({ ok: true, rule: { ...PLAIN, ...expected } });
  });

  it.each([
    ["", /not supported/],
    ["INTERVAL=2", /^FREQ must be/],
    ["FREQ=YEARLY", /^FREQ must be/],
    ["FREQ=DAILY;BYHOUR=3", /"BYHOUR" is not supported/],
    ["FREQ=DAILY;INTERVAL=0", /^INTERVAL must be a whole number from 1/],
    ["FREQ=DAILY;INTERVAL=1e2", /^INTERVAL/],
    ["FREQ=DAILY;INTERVAL=367", /^INTERVAL must be a whole number from 1 to 366/],
    ["FREQ=DAILY;COUNT=3;UNTIL=20261231T235959Z", /COUNT or UNTIL/],
    ["FREQ=DAILY;FREQ=WEEKLY", /given twice/],
    ["FREQ=WEEKLY;BYDAY=XX", /BYDAY cannot hold "XX"/],
    ["FREQ=WEEKLY;BYDAY=2MO", /needs FREQ=MONTHLY/],
    ["FREQ=WEEKLY;BYMONTHDAY=3", /needs FREQ=MONTHLY/],
    ["FREQ=MONTHLY;BYMONTHDAY=32", /cannot hold "32"/],
    ["FREQ=MONTHLY;BYMONTHDAY=0", /cannot hold "0"/],
    ["FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO", /BYDAY or BYMONTHDAY/],
    ["FREQ=DAILY;UNTIL=20261231", /^UNTIL/],
    ["FREQ=DAILY;UNTIL=20261399T000000Z", /^UNTIL/],
    ["FREQ=DAILY;COUNT=", /needs one value/],
  ])("refuses %j and says why", (text, reason) => {
    const reading = readRecurrence(text);
    expect(reading.ok ? "read" : reading.reason).toMatch(reason);
  });
});

describe("recurringDays", () => {
  const day = (text: string) => Date.parse(`${text}T00:00Z`) / 86_400_000;
  const days = (text: string, first: string, from: string, last: string): string[] => {
    const reading = readRecurrence(text);
    if (!reading.ok) throw new Error(reading.reason);
    return recurringDays(reading.rule, day(first), day(from), day(last)).map((one) =>
      new Date(one * 86_400_000).toISOString().slice(5, 10),
    );
  };

  // November 2026 begins on a Sunday.
  it.each<[string, string, string, string, string[]]>([
    ["FREQ=DAILY;INTERVAL=3", "2026-11-01", "2026-11-03", "2026-11-11", ["11-04", "11-07", "11-10"]],
    [
      "FREQ=DAILY;BYDAY=SA,SU",
      "2026-11-01",
      "2026-11-01",
      "2026-11-14",
      ["11-01", "11-07", "11-08", "11-14"],
    ],
    ["FREQ=WEEKLY", "2026-11-03", "2026-11-01", "2026-11-20", ["11-03", "11-10", "11-17"]],
    // Weeks run from Monday: Sunday 1 and Wednesday 4 lie in different ones.
    [
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE",
      "2026-11-01",
      "2026-11-01",
      "2026-11-20",
      ["11-01", "11-11", "11-15"],
    ],
    ["FREQ=MONTHLY", "2026-10-31", "2026-10-01", "2027-01-31", ["10-31", "12-31", "01-31"]],
    [
      "FREQ=MONTHLY;BYMONTHDAY=-1",
      "2026-11-01",
      "2026-11-01",
      "2027-02-28",
      ["11-30", "12-31", "01-31", "02-28"],
    ],
    ["FREQ=MONTHLY;BYDAY=2TU", "2026-11-01", "2026-11-01", "2026-12-31", ["11-10", "12-08"]],
    ["FREQ=MONTHLY;BYDAY=-1SU", "2026-11-01", "2026-11-01", "2026-12-31", ["11-29", "12-27"]],
    ["FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15", "2026-11-20", "2026-11-01", "2027-03-31", ["01-15", "03-15"]],
    ["FREQ=DAILY;COUNT=3", "2026-11-01", "2026-11-02", "2026-11-30", ["11-02", "11-03"]],
    ["FREQ=DAILY;COUNT=3", "2026-11-01", "2026-11-10", "2026-11-30", []],
  ])("%s from %s", (text, first, from, last, expected) => {
    expect(days(text, first, from, last)).toEqual(expected);
  });

  test("before 1970 weekdays are right too", () => {
    expect(days("FREQ=WEEKLY;BYDAY=WE", "1969-12-25", "1969-12-25", "1970-01-08")).toEqual([
      "12-31",
      "01-07",
    ]);
  });
});
