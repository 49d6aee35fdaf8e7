import fc from "fast-check";
import { expect, test } from "vitest";
import { PanelRequest } from "#lib/contracts/panels.ts";
import { MAX_RANGE_SECONDS } from "#lib/domain/series/range.ts";
import { alignGrid, chooseStep } from "#lib/server/query/grid.ts";
import { QUERY_LIMITS, SCRAPE_INTERVAL_SECONDS } from "#lib/server/query/limits.ts";

const DAY_SECONDS = 86_400;
const MINUTE_SECONDS = 60;

const span = fc.record({
  toMs: fc.integer({ min: 1.7e12, max: 1.9e12 }),
  rangeSeconds: fc.integer({ min: MINUTE_SECONDS, max: MAX_RANGE_SECONDS }),
  widthPx: fc.integer({ min: 50, max: 4_000 }),
});

/** Nothing has to be thinned before it is sent: what is asked for has no more points than the panel has room for. */
test("a panel's chart has at most a point for every two pixels, or a point a day where even days are more", () => {
  fc.assert(
    fc.property(span, ({ toMs, rangeSeconds, widthPx }) => {
      const stepSeconds = chooseStep(rangeSeconds, widthPx, SCRAPE_INTERVAL_SECONDS);
      const range = { fromMs: toMs - rangeSeconds * 1000, toMs, stepSeconds };
      const most = Math.max(widthPx / 2, rangeSeconds / DAY_SECONDS);
      // One more, for a range that is no multiple of its step touches both of its ends.
      expect(alignGrid(range, QUERY_LIMITS).points).toBeLessThanOrEqual(most + 2);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["1 h", 3_600, 15, 241],
  ["6 h", 6 * 3_600, 120, 181],
  ["24 h", DAY_SECONDS, 300, 289],
  ["7 d", 7 * DAY_SECONDS, 3_600, 169],
  ["30 d", 30 * DAY_SECONDS, 21_600, 121],
  ["92 d", MAX_RANGE_SECONDS, 43_200, 185],
])("%s at the usual width: a step of %i s, %i points", (_, rangeSeconds, step, points) => {
  const { widthPx } = PanelRequest.parse({ id: "a", panel: "node.cpu" });
  const stepSeconds = chooseStep(rangeSeconds, widthPx, SCRAPE_INTERVAL_SECONDS);
  const toMs = 1_800_000_000_000 - (1_800_000_000_000 % (stepSeconds * 1000));
  const grid = alignGrid({ fromMs: toMs - rangeSeconds * 1000, toMs, stepSeconds }, QUERY_LIMITS);
  expect([stepSeconds, grid.points]).toEqual([step, points]);
});
