import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOf, isZone, localTimeAt } from "./zone.ts";

test.each([
  ["UTC", true],
  ["Europe/Berlin", true],
  ["America/Argentina/Buenos_Aires", true],
  ["Europe/Atlantis", false],
  ["+02:00", false],
  ["", false],
])("%j is a zone: %s", (zone, expected) => expect(isZone(zone)).toBe(expected));

const local = (text: string) => {
  const [year, month, day, hour, minute] = text.split(/[- :]/).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { year, month, day, hour, minute };
};

test.each([
  ["winter", "2026-01-15 00:00", "Europe/Berlin", "2026-01-14T23:00:00Z"],
  ["summer", "2026-07-15 00:00", "Europe/Berlin", "2026-07-14T22:00:00Z"],
  [
    "a skipped time moves on: 02:30 is 03:30 summer time",
    "2026-03-29 02:30",
    "Europe/Berlin",
    "2026-03-29T01:30:00Z",
  ],
  ["the first instant of a skip", "2026-03-29 02:00", "Europe/Berlin", "2026-03-29T01:00:00Z"],
  ["just before a skip", "2026-03-29 01:59", "Europe/Berlin", "2026-03-29T00:59:00Z"],
  ["a time shown twice is the first", "2026-10-25 02:30", "Europe/Berlin", "2026-10-25T00:30:00Z"],
  ["after the second", "2026-10-25 03:00", "Europe/Berlin", "2026-10-25T02:00:00Z"],
  ["half past, all year", "2026-03-29 00:00", "Asia/Kolkata", "2026-03-28T18:30:00Z"],
  ["a skip of half an hour", "2026-10-04 02:10", "Australia/Lord_Howe", "2026-10-03T15:40:00Z"],
  ["a day without midnight begins at 01:00", "2026-04-24 00:00", "Africa/Cairo", "2026-04-23T22:00:00Z"],
  ["west of UTC, the day before a change", "2026-03-07 23:00", "America/New_York", "2026-03-08T04:00:00Z"],
  ["west of UTC, after it", "2026-03-08 03:00", "America/New_York", "2026-03-08T07:00:00Z"],
])("%s: %s in %s", (_, text, zone, expected) => {
  expect(instantOf(local(text), zone)).toBe(Date.parse(expected));
});

test("fields past their range carry over", () => {
  expect(instantOf(local("2026-13-01 00:00"), "UTC")).toBe(Date.parse("2027-01-01T00:00:00Z"));
});

test("every instant is read back from its wall clock, except the second of two", () => {
  const zones = fc.constantFrom(
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "UTC",
  );
  const minutes = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2030, 0) / 60_000 });
  fc.assert(
    fc.property(zones, minutes, (zone, minute) => {
      const back = instantOf(localTimeAt(minute * 60_000, zone), zone);
      const again = localTimeAt(back, zone);
      expect(again).toEqual(localTimeAt(minute * 60_000, zone));
      expect(minute * 60_000 - back).toBeOneOf([0, 1_800_000, 3_600_000]);
    }),
  );
});
