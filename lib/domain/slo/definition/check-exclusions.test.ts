import { describe, expect, it } from "vitest";
import { soundDefinition } from "../testing.ts";
import type { RecurringExclusion } from "../time/exclusion-windows.ts";
import { checkDefinition } from "./check-definition.ts";
import type { SloDefinition } from "./definition.ts";

const paths = (more: Partial<SloDefinition>) =>
  checkDefinition(soundDefinition(more)).map(({ path }) => path.join("."));

describe("exclusions", () => {
  const reason = "Backup";
  const nightly: RecurringExclusion = {
    kind: "recurring",
    start: { year: 2026, month: 2, day: 28, hour: 2, minute: 0 },
    durationMinutes: 30,
    rule: "FREQ=DAILY",
    zone: "Europe/Berlin",
    reason,
  };
  const within = (...windows: SloDefinition["exclusions"]["windows"]) =>
    paths({ exclusions: { events: [], windows } });

  it("names the field of a bad window", () => {
    expect(within(nightly, { kind: "one_off", startMs: 0, endMs: 3_600_000, reason })).toEqual([]);
    expect(within({ kind: "one_off", startMs: 5, endMs: 5, reason })).toEqual(["exclusions.windows.0.endMs"]);
    expect(within({ kind: "one_off", startMs: Number.NaN, endMs: 5, reason })).toEqual([
      "exclusions.windows.0.startMs",
    ]);
    expect(within({ kind: "one_off", startMs: 0, endMs: 8 * 86_400_000, reason })).toEqual([
      "exclusions.windows.0.endMs",
    ]);
    expect(within({ ...nightly, reason: "" })).toEqual(["exclusions.windows.0.reason"]);
    expect(within({ ...nightly, start: { ...nightly.start, day: 29 } })).toEqual([
      "exclusions.windows.0.start",
    ]);
    expect(within({ ...nightly, start: { ...nightly.start, minute: 2.5 } })).toEqual([
      "exclusions.windows.0.start",
    ]);
    expect(within({ ...nightly, zone: "Nowhere" })).toEqual(["exclusions.windows.0.zone"]);
    expect(within({ ...nightly, durationMinutes: 0 })).toEqual(["exclusions.windows.0.durationMinutes"]);
    expect(within({ ...nightly, rule: "FREQ=YEARLY" })).toEqual(["exclusions.windows.0.rule"]);
  });

  it("refuses a rule that never comes true, leaves hardly anything, or begins in another age", () => {
    expect(within({ ...nightly, durationMinutes: 12 * 60 })).toEqual([]);
    expect(within({ ...nightly, durationMinutes: 12 * 60 + 20 })).toEqual([
      "exclusions.windows.0.durationMinutes",
    ]);
    expect(within({ ...nightly, durationMinutes: 24 * 60 })).toEqual([
      "exclusions.windows.0.durationMinutes",
    ]);
    expect(within({ ...nightly, rule: "FREQ=DAILY;UNTIL=20200101T000000Z" })).toEqual([
      "exclusions.windows.0.rule",
    ]);
    expect(within({ ...nightly, start: { ...nightly.start, year: 9999 } })).toEqual([
      "exclusions.windows.0.start.year",
    ]);
  });

  it("wants matchers that say what is left out", () => {
    const events = [
      { label: "route", operator: "=~", value: "/health|/metrics" },
      { label: "route", operator: "!=", value: "/" },
    ] as const;
    expect(paths({ exclusions: { events: [...events], windows: [] } })).toEqual([
      "exclusions.events.1.operator",
    ]);
  });
});
