import { describe, expect, it } from "vitest";
import type { Freeze } from "#lib/contracts/freezes.ts";
import { calendarDays, freezesOn } from "./calendar-days.ts";

const VIENNA = "Europe/Vienna";
const at = (text: string) => Date.parse(text);
const freeze = (from: string, to: string) => ({ id: from, spans: [{ from, to }] }) as Freeze;

describe("the days of the calendar", () => {
  it("begin on the Monday of the reader's week", () => {
    // Sunday 22:30 UTC is Sunday 23:30 in Vienna, and Monday already in Tokyo.
    const now = at("2026-11-22T22:30:00Z");
    expect(calendarDays(now, VIENNA, 1)[0]?.fromMs).toBe(at("2026-11-15T23:00:00Z"));
    expect(calendarDays(now, "Asia/Tokyo", 1)[0]?.fromMs).toBe(at("2026-11-22T15:00:00Z"));
    expect(calendarDays(now, VIENNA, 5)).toHaveLength(35);
  });

  it("are 23 hours long where the clock goes forward", () => {
    const [, , , , , , sunday] = calendarDays(at("2027-03-24T12:00:00Z"), VIENNA, 1);
    expect((sunday!.toMs - sunday!.fromMs) / 3_600_000).toBe(23);
  });

  it.each([
    ["2026-11-20T14:00:00Z", "2026-11-20T23:00:00Z", "from 15:00"],
    ["2026-11-20T08:00:00Z", "2026-11-20T09:30:00Z", "09:00–10:30"],
    ["2026-11-19T08:00:00Z", "2026-11-20T09:30:00Z", "until 10:30"],
    ["2026-11-19T08:00:00Z", "2026-11-22T09:30:00Z", "all day"],
  ])("tell the hours from %s to %s as %s", (from, to, hours) => {
    const friday = calendarDays(at("2026-11-20T12:00:00Z"), VIENNA, 1)[4]!;
    expect(freezesOn(friday, [freeze(from, to)], VIENNA).map((one) => one.hours)).toEqual([hours]);
  });

  it("leave out what ends as they begin", () => {
    const friday = calendarDays(at("2026-11-20T12:00:00Z"), VIENNA, 1)[4]!;
    const before = freeze("2026-11-19T08:00:00Z", "2026-11-19T23:00:00Z");
    const after = freeze("2026-11-20T23:00:00Z", "2026-11-21T08:00:00Z");
    expect(freezesOn(friday, [before, after], VIENNA)).toEqual([]);
  });
});
