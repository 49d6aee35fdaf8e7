import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FreezeTime } from "#lib/contracts/freezes.ts";
import { freezeSpans, readRule, spanAt } from "./freeze-spans.ts";

const DAY_MS = 86_400_000;
const ms = (iso: string) => Date.parse(iso);
const weekly = (more: object = {}): FreezeTime =>
  ({
    ...{ kind: "recurring", rule: "FREQ=WEEKLY;BYDAY=FR", startsAt: "2026-01-02T15:00" },
    ...{ durationMinutes: 180, zone: "Europe/Berlin", ...more },
  }) as FreezeTime;
const spans = (when: FreezeTime, from: string, to: string) =>
  freezeSpans(when, { fromMs: ms(from), toMs: ms(to) }).map(({ fromMs, toMs }) => [
    new Date(fromMs).toISOString().slice(0, 16),
    new Date(toMs).toISOString().slice(0, 16),
  ]);

describe("a weekly freeze on the wall clock of Berlin", () => {
  it("stays at 15:00 through the change to summer time on 29 March", () => {
    expect(spans(weekly(), "2026-03-26T00:00Z", "2026-04-05T00:00Z")).toEqual([
      ["2026-03-27T14:00", "2026-03-27T17:00"],
      ["2026-04-03T13:00", "2026-04-03T16:00"],
    ]);
  });

  it("stays at 15:00 through the change to winter time on 25 October", () => {
    expect(spans(weekly(), "2026-10-22T00:00Z", "2026-11-01T00:00Z")).toEqual([
      ["2026-10-23T13:00", "2026-10-23T16:00"],
      ["2026-10-30T14:00", "2026-10-30T17:00"],
    ]);
  });

  it("begins on a Sunday at 02:30, an hour that one Sunday lacks and another has twice", () => {
    const sundays = weekly({
      rule: "FREQ=WEEKLY;BYDAY=SU",
      startsAt: "2026-01-04T02:30",
      durationMinutes: 60,
    });
    const spring = spans(sundays, "2026-03-28T00:00Z", "2026-03-30T00:00Z");
    expect(spring).toHaveLength(1);
    // 02:30 does not exist: 01:30 UTC is 03:30 there.
    expect(spring[0]![0]).toBe("2026-03-29T01:30");
    const autumn = spans(sundays, "2026-10-24T00:00Z", "2026-10-26T00:00Z");
    expect(autumn).toHaveLength(1);
    expect(["2026-10-25T00:30", "2026-10-25T01:30"]).toContain(autumn[0]![0]);
  });
});

describe("spans", () => {
  const once: FreezeTime = { kind: "once", from: "2026-12-24T12:00:00Z", to: "2026-12-27T12:00:00Z" };

  it.each([
    ["2026-12-25T00:00Z", "2026-12-26T00:00Z", 1],
    ["2026-12-01T00:00Z", "2026-12-24T12:00Z", 0],
    ["2026-12-01T00:00Z", "2026-12-24T12:01Z", 1],
    ["2026-12-27T12:00Z", "2026-12-28T00:00Z", 0],
    ["2026-12-27T11:59Z", "2026-12-28T00:00Z", 1],
  ])("of one that is held once, from %s to %s: %i, given whole", (from, to, count) => {
    expect(spans(once, from, to)).toEqual(Array(count).fill(["2026-12-24T12:00", "2026-12-27T12:00"]));
  });

  it("straddle what was asked for and are given whole", () => {
    const whole = [["2026-11-20T14:00", "2026-11-20T17:00"]];
    expect(spans(weekly(), "2026-11-20T15:00Z", "2026-11-20T16:00Z")).toEqual(whole);
    expect(spans(weekly(), "2026-11-20T16:59Z", "2026-11-27T14:00Z")).toEqual(whole);
    expect(spans(weekly(), "2026-11-20T17:00Z", "2026-11-27T14:00Z")).toEqual([]);
  });

  it("of a month's length that began a month ago still hold", () => {
    const long = weekly({
      rule: "FREQ=MONTHLY;INTERVAL=12",
      startsAt: "2025-12-20T00:00",
      durationMinutes: 31 * 1_440,
    });
    expect(spanAt(long, ms("2027-01-19T22:59Z"))).not.toBeNull();
    expect(spanAt(long, ms("2027-01-19T23:00Z"))).toBeNull();
  });

  it("that overlap: the one that ends last counts", () => {
    const daily = weekly({
      rule: "FREQ=DAILY",
      startsAt: "2026-11-01T00:00",
      durationMinutes: 2_880,
      zone: "UTC",
    });
    expect(spanAt(daily, ms("2026-11-18T12:00Z"))).toEqual({
      fromMs: ms("2026-11-18T00:00Z"),
      toMs: ms("2026-11-20T00:00Z"),
    });
  });

  it("hold from their first to just before their last millisecond", () => {
    const at = (iso: string) => spanAt(weekly(), ms(iso)) !== null;
    expect(at("2026-11-20T13:59:59.999Z")).toBe(false);
    expect(at("2026-11-20T14:00:00Z")).toBe(true);
    expect(at("2026-11-20T16:59:59.999Z")).toBe(true);
    expect(at("2026-11-20T17:00:00Z")).toBe(false);
  });
});

describe("rules", () => {
  it("end by COUNT and by UNTIL", () => {
    const all = (rule: string) =>
      spans(weekly({ rule, zone: "UTC" }), "2026-01-01T00:00Z", "2027-01-01T00:00Z");
    expect(all("FREQ=WEEKLY;BYDAY=FR;COUNT=3").map(([from]) => from)).toEqual([
      "2026-01-02T15:00",
      "2026-01-09T15:00",
      "2026-01-16T15:00",
    ]);
    expect(all("FREQ=WEEKLY;BYDAY=FR;UNTIL=20260109T150000Z")).toHaveLength(2);
    expect(all("FREQ=WEEKLY;BYDAY=FR;UNTIL=20260109T145959Z")).toHaveLength(1);
  });

  it.each([
    "FREQ=SECONDLY",
    // Such as a library walks without an end.
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=5MO;BYMONTH=2;INTERVAL=12",
    "FREQ=DAILY;COUNT=100000000",
    "FREQ=MINUTELY",
    "FREQ=",
    "FREQ=NEVER",
    "garbage",
    "BYDAY=FR",
    "FREQ=WEEKLY;BYDAY=XX",
    "FREQ=WEEKLY;COUNT=x",
    "FREQ=WEEKLY;INTERVAL=0",
    "FREQ=WEEKLY;INTERVAL=-1",
    "FREQ=WEEKLY\nDTSTART:20260101",
    "FREQ=WEEKLY;UNTIL=soon",
    "",
  ])("that are none are refused: %j", (text) => {
    expect(() => readRule(text)).toThrow(RangeError);
  });

  it("that begin long ago and never end still find today, and such as never come true find an end", () => {
    const old = weekly({ rule: "FREQ=DAILY", startsAt: "1980-01-01T15:00" });
    expect(spanAt(old, ms("2026-11-18T14:30Z"))).not.toBeNull();
    const never = weekly({ rule: "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", startsAt: "2026-02-02T15:00" });
    expect(freezeSpans(never, { fromMs: ms("2026-01-01T00:00Z"), toMs: ms("2027-01-01T00:00Z") })).toEqual(
      [],
    );
  });

  it("of any text either are refused or are walked to an end, in order", () => {
    const part = fc.constantFrom(
      ...[
        "FREQ=DAILY",
        "FREQ=HOURLY",
        "FREQ=MONTHLY",
        "FREQ=YEARLY",
        "FREQ=SECONDLY",
        // Such as a library walks without an end.
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTH=2;INTERVAL=12",
        "FREQ=DAILY;COUNT=100000000",
        "COUNT=5",
        "INTERVAL=3",
      ],
      ...[
        "BYDAY=MO,-1FR",
        "BYDAY=MO",
        "BYMONTHDAY=31",
        "BYMONTHDAY=-1",
        "BYMONTH=2",
        "BYSETPOS=-1",
        "BYHOUR=3",
        "BYHOUR=99",
      ],
      ...["BYWEEKNO=53", "BYYEARDAY=366", "UNTIL=20260601T000000Z", "WKST=SU", "X=1", "FREQ", "="],
    );
    const range = { fromMs: ms("2026-05-01T00:00Z"), toMs: ms("2026-07-01T00:00Z") };
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        let found;
        try {
          readRule(parts.join(";"));
          found = freezeSpans(weekly({ rule: parts.join(";") }), range);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        const starts = found.map(({ fromMs }) => fromMs);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
        for (const { fromMs, toMs } of found) {
          expect(toMs - fromMs).toBe(180 * 60_000);
          expect(toMs > range.fromMs && fromMs < range.toMs).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it("repeat every week of a year, whatever the zone", () => {
    for (const zone of ["UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]) {
      const all = spans(weekly({ zone }), "2026-01-01T00:00Z", "2027-01-01T00:00Z");
      expect(all).toHaveLength(52);
      for (const [from, to] of all) expect(ms(`${to}Z`) - ms(`${from}Z`)).toBeLessThan(DAY_MS);
    }
  });
});
