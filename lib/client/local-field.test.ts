import fc from "fast-check";
import { expect, it } from "vitest";
import { fromLocalField, toLocalField } from "./local-field.ts";

it.each([
  ["2026-11-20T14:21:05", "UTC", "2026-11-20T14:21:05.000Z"],
  ["2026-11-20T14:21", "Europe/Vienna", "2026-11-20T13:21:00.000Z"],
  // The clock skips 02:30 that night: it means 03:30 in summer time.
  ["2026-03-29T02:30:10", "Europe/Vienna", "2026-03-29T01:30:10.000Z"],
  // It shows 02:30 twice: the first is in summer time.
  ["2026-10-25T02:30:10", "Europe/Vienna", "2026-10-25T00:30:10.000Z"],
])("%s in %s is %s", (text, zone, at) => expect(fromLocalField(text, zone)).toBe(at));

it.each(["", "now", "2026-11-20", "20.11.2026 14:21"])("%j names no instant", (text) =>
  expect(fromLocalField(text, "UTC")).toBeNull(),
);

it("reads back what it wrote, to the second", () => {
  const zones = fc.constantFrom("UTC", "Asia/Kathmandu", "America/St_Johns");
  const seconds = fc.integer({ min: 1_700_000_000, max: 1_800_000_000 });
  fc.assert(
    fc.property(seconds, zones, (atSeconds, zone) => {
      const read = Date.parse(fromLocalField(toLocalField(atSeconds * 1000, zone), zone) ?? "");
      // An hour that comes twice reads as the first.
      expect([0, 3_600_000]).toContain(atSeconds * 1000 - read);
    }),
  );
});
