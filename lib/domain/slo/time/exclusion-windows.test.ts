import { describe, expect, it, test } from "vitest";
import { slotAt, slotStartMs } from "../slots/slot.ts";
import {
  excludedRanges,
  type ExclusionWindow,
  isRetroactive,
  type RecurringExclusion,
} from "./exclusion-windows.ts";

const span = (from: string, to: string) => ({ from: slotAt(Date.parse(from)), to: slotAt(Date.parse(to)) });
const written = (windows: ExclusionWindow[], from: string, to: string): string[] =>
  excludedRanges(windows, span(from, to)).map((range) =>
    [range.from, range.to].map((slot) => new Date(slotStartMs(slot)).toISOString().slice(5, 16)).join(" to "),
  );

const nightly: RecurringExclusion = {
  kind: "recurring",
  start: { year: 2026, month: 3, day: 1, hour: 2, minute: 30 },
  durationMinutes: 60,
  rule: "FREQ=DAILY",
  zone: "Europe/Berlin",
  reason: "Backup",
};
const once = (start: string, end: string): ExclusionWindow => ({
  kind: "one_off",
  startMs: Date.parse(start),
  endMs: Date.parse(end),
  reason: "Move",
});

describe("excludedRanges", () => {
  it("keeps the wall clock through the change to summer time; the skipped 02:30 is 03:30", () => {
    expect(written([nightly], "2026-03-28T00:00Z", "2026-03-31T00:00Z")).toEqual([
      "03-28T01:30 to 03-28T02:30",
      "03-29T01:30 to 03-29T02:30",
      "03-30T00:30 to 03-30T01:30",
    ]);
  });

  it("rounds outward to whole slots", () => {
    expect(
      written([once("2026-11-20T10:03Z", "2026-11-20T10:11Z")], "2026-11-20T00:00Z", "2026-11-21T00:00Z"),
    ).toEqual(["11-20T10:00 to 11-20T10:15"]);
  });

  it("clips to the range asked for, also an occurrence that began before it", () => {
    const long = { ...nightly, zone: "UTC", durationMinutes: 3 * 1440, rule: "FREQ=WEEKLY" };
    expect(written([long], "2026-03-03T00:00Z", "2026-03-03T06:00Z")).toEqual(["03-03T00:00 to 03-03T06:00"]);
    expect(written([long], "2026-03-04T02:30Z", "2026-03-05T00:00Z")).toEqual([]);
  });

  it("makes overlaps one", () => {
    const windows = [once("2026-03-28T02:00Z", "2026-03-28T04:00Z"), nightly];
    expect(written(windows, "2026-03-28T00:00Z", "2026-03-28T23:00Z")).toEqual([
      "03-28T01:30 to 03-28T04:00",
    ]);
  });

  it("ends with UNTIL, whose instant still counts", () => {
    const until = { ...nightly, rule: "FREQ=DAILY;UNTIL=20260302T013000Z" };
    expect(written([until], "2026-03-01T00:00Z", "2026-03-10T00:00Z")).toEqual([
      "03-01T01:30 to 03-01T02:30",
      "03-02T01:30 to 03-02T02:30",
    ]);
  });

  it("finds days whose local date differs from that in UTC", () => {
    const auckland = { ...nightly, zone: "Pacific/Auckland", rule: "FREQ=MONTHLY;BYMONTHDAY=1" };
    expect(written([auckland], "2026-03-31T00:00Z", "2026-04-01T00:00Z")).toEqual([
      "03-31T13:30 to 03-31T14:30",
    ]);
  });

  it("leaves nothing out for a rule that cannot be read", () => {
    expect(written([{ ...nightly, rule: "FREQ=YEARLY" }], "2026-03-01T00:00Z", "2026-04-01T00:00Z")).toEqual(
      [],
    );
  });
});

test.each([
  ["a window to come", once("2026-11-20T10:00Z", "2026-11-20T11:00Z"), "2026-11-20T09:00Z", false],
  ["one under way", once("2026-11-20T10:00Z", "2026-11-20T11:00Z"), "2026-11-20T10:30Z", true],
  ["a recurring one that has begun", nightly, "2026-11-20T10:30Z", true],
  ["a recurring one to come", nightly, "2026-02-20T10:30Z", false],
])("%s", (_, window, now, expected) => {
  expect(isRetroactive(window as ExclusionWindow, Date.parse(now as string))).toBe(expected);
});
