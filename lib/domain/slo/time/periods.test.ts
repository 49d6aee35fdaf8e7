import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { CalendarUnit } from "../definition/windows.ts";
import { slotAt } from "../slots/slot.ts";
import { calendarPeriod, windowNow } from "./periods.ts";

const calendar = (unit: CalendarUnit, zone: string) => ({ kind: "calendar", unit, zone }) as const;
const iso = (atMs: number) => new Date(atMs).toISOString().slice(0, 16);

describe("calendarPeriod", () => {
  it.each<[string, CalendarUnit, string, string, string, string, number]>([
    ["a week from Monday", "week", "UTC", "2026-11-20T12:00Z", "2026-11-16T00:00", "2026-11-23T00:00", 168],
    ["Sunday ends it", "week", "UTC", "2026-11-22T23:59Z", "2026-11-16T00:00", "2026-11-23T00:00", 168],
    ["Monday begins it", "week", "UTC", "2026-11-23T00:00Z", "2026-11-23T00:00", "2026-11-30T00:00", 168],
    [
      "the week of summer time has 167 h",
      "week",
      "Europe/Berlin",
      "2026-03-25T12:00Z",
      "2026-03-22T23:00",
      "2026-03-29T22:00",
      167,
    ],
    [
      "the week of winter time has 169 h",
      "week",
      "Europe/Berlin",
      "2026-10-20T12:00Z",
      "2026-10-18T22:00",
      "2026-10-25T23:00",
      169,
    ],
    [
      "March is an hour short",
      "month",
      "Europe/Berlin",
      "2026-03-31T21:59Z",
      "2026-02-28T23:00",
      "2026-03-31T22:00",
      743,
    ],
    [
      "the same instant is April elsewhere",
      "month",
      "Pacific/Auckland",
      "2026-03-31T21:59Z",
      "2026-03-31T11:00",
      "2026-04-30T12:00",
      721,
    ],
    [
      "February of a leap year",
      "month",
      "UTC",
      "2028-02-10T00:00Z",
      "2028-02-01T00:00",
      "2028-03-01T00:00",
      696,
    ],
    ["a week over New Year", "week", "UTC", "2027-01-01T00:00Z", "2026-12-28T00:00", "2027-01-04T00:00", 168],
    [
      "the fourth quarter",
      "quarter",
      "UTC",
      "2026-12-31T23:59Z",
      "2026-10-01T00:00",
      "2027-01-01T00:00",
      2208,
    ],
    [
      "a quarter across the change",
      "quarter",
      "America/New_York",
      "2026-02-01T00:00Z",
      "2026-01-01T05:00",
      "2026-04-01T04:00",
      2159,
    ],
  ])("%s", (_, unit, zone, at, start, end, hours) => {
    const period = calendarPeriod(calendar(unit, zone), Date.parse(at));
    expect([iso(period.startMs), iso(period.endMs)]).toEqual([start, end]);
    expect((period.endMs - period.startMs) / 3_600_000).toBe(hours);
  });

  it("steps back and forth without gap or overlap, and holds its instant", () => {
    const units = fc.constantFrom<CalendarUnit>("week", "month", "quarter");
    const zones = fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "America/New_York",
      "Australia/Lord_Howe",
      "Africa/Cairo",
    );
    const instants = fc.integer({ min: Date.UTC(2022, 0), max: Date.UTC(2032, 0) });
    fc.assert(
      fc.property(units, zones, instants, (unit, zone, atMs) => {
        const window = calendar(unit, zone);
        const { startMs, endMs } = calendarPeriod(window, atMs);
        expect(startMs <= atMs && atMs < endMs).toBe(true);
        expect(calendarPeriod(window, atMs, -1).endMs).toBe(startMs);
        expect(calendarPeriod(window, atMs, 1).startMs).toBe(endMs);
        expect(startMs % 300_000).toBe(0);
      }),
    );
  });
});

describe("windowNow", () => {
  const nowMs = Date.parse("2026-11-04T12:02:00Z");

  it("of rolling days is their slots, the open one the last", () => {
    const to = slotAt(nowMs) + 1;
    expect(windowNow({ kind: "rolling", days: 30 }, nowMs)).toEqual({
      slots: 8640,
      soFar: { from: to - 8640, to },
      period: null,
      elapsedRatio: null,
      secondsLeft: null,
    });
  });

  it("of a month spans it, of which 3.5 of 30 days lie behind", () => {
    const now = windowNow(calendar("month", "UTC"), Date.parse("2026-11-04T12:00:00Z"));
    expect(now.slots).toBe(8640);
    expect(now.soFar.to - now.soFar.from).toBe(3.5 * 288 + 1);
    expect(now.elapsedRatio).toBeCloseTo(3.5 / 30, 12);
    expect(now.secondsLeft).toBe(26.5 * 86_400);
    expect(iso(now.period?.startMs ?? 0)).toBe("2026-11-01T00:00");
  });
});

test("a March in Berlin has 8,916 slots, not 8,928", () => {
  expect(windowNow(calendar("month", "Europe/Berlin"), Date.parse("2026-03-15T00:00Z")).slots).toBe(8916);
});
