import { expect, test } from "vitest";
import { type Delivered, doraFigures, hasBurned } from "./outcome.ts";

const burn = (before: number | null, after: number | null) => ({ slo: "s", before, after });

test.each([
  ["burns too fast, and faster than before", [burn(0.5, 1.2)], true],
  ["burned as fast before", [burn(3, 3)], false],
  ["burns faster, and can afford it", [burn(0.1, 0.9)], false],
  ["exactly the sustainable pace", [burn(0.1, 1)], false],
  ["one of two objectives burns", [burn(0.1, 0.2), burn(0, 14.4)], true],
  ["nothing measured after", [burn(0.5, null)], null],
  ["nothing measured before", [burn(null, 20)], null],
  ["what was measured is fine, the rest unknown", [burn(0.5, 0.4), burn(null, null)], false],
  ["no objective at all", [], null],
])("%s", (_name, burns, expected) => expect(hasBurned(burns)).toBe(expected));

const HOUR = 3_600_000;
const delivered = (more: Partial<Delivered>): Delivered => ({
  requestedAtMs: 0,
  deployStartedAtMs: HOUR,
  endedAtMs: 2 * HOUR,
  state: "deployed",
  burned: false,
  ...more,
});

test("four figures of five releases in ten days", () => {
  const figures = doraFigures(
    [
      delivered({}),
      delivered({ endedAtMs: 4 * HOUR, burned: true }),
      delivered({ endedAtMs: 3 * HOUR, burned: null }),
      delivered({ state: "failed" }),
      delivered({ state: "rolled_back", endedAtMs: 1.5 * HOUR }),
    ],
    10,
  );
  // Lead: 2, 3 and 4 h; failures: one burned, one failed, one taken back after half an hour.
  expect(figures).toEqual({
    n: 5,
    deploysPerDay: 0.5,
    leadTimeSeconds: 3 * 3600,
    changeFailureRatio: 0.6,
    timeToRestoreSeconds: 1800,
  });
});

test("nothing delivered is no figure", () =>
  expect(doraFigures([], 30)).toEqual({
    n: 0,
    deploysPerDay: null,
    leadTimeSeconds: null,
    changeFailureRatio: null,
    timeToRestoreSeconds: null,
  }));
