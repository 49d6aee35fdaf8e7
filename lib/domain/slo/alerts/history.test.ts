import { describe, expect, it } from "vitest";
import { prefixOf } from "../slots/prefix.ts";
import { type SlotSeries, withExclusions } from "../slots/series.ts";
import { seriesFrom } from "../testing.ts";
import { alertHistory, type AlertHistoryOptions } from "./history.ts";
import { DEFAULT_ALERT_TIERS, tiersInForce } from "./tiers.ts";

const window = { kind: "rolling", days: 30 } as const;
const options: AlertHistoryOptions = {
  target: 0.999,
  window,
  tiers: tiersInForce(DEFAULT_ALERT_TIERS, 0.999, window),
  minimumBadEvents: 3,
  onMissing: "gap",
};
const quiet = (slots: number) => Array.from({ length: slots }, () => [0, 1000] as const);

function firing(series: SlotSeries, more: Partial<AlertHistoryOptions> = {}) {
  const range = { from: 0, to: series.total.length };
  const histories = alertHistory(prefixOf(series), range, { ...options, ...more });
  return Object.fromEntries(histories.map((history) => [history.key, history.firing]));
}

/** An hour of 2 % errors from slot 1000 on: 20x in the slot. */
const outage = seriesFrom([...quiet(1000), ...Array(12).fill([20, 1000]), ...quiet(1000)]);

describe("alertHistory", () => {
  it("fires from the ninth bad slot of twelve (9 * 20 / 12,000 = 1.5 % > 1.44 %) until the short window is clean", () => {
    const history = firing(outage);
    expect(history.page_fast).toEqual([{ from: 1008, to: 1012 }]);
    // 6 h: 12 * 20 / 72,000 = 0.33 % < 0.6 %.
    expect(history.page_slow).toEqual([]);
    // 1 d: at most 240 / 288,000 = 0.083 % < 0.3 %; 3 d: 240 / 864,000 < 0.1 %.
    expect([history.ticket_fast, history.ticket_slow]).toEqual([[], []]);
  });

  it("waits for the minimum of bad events in the long window: 200 are there with the tenth slot", () => {
    expect(firing(outage, { minimumBadEvents: 200 }).page_fast).toEqual([{ from: 1009, to: 1012 }]);
    expect(firing(outage, { minimumBadEvents: 241 }).page_fast).toEqual([]);
  });

  it("is silent within an exclusion", () => {
    const excluded = withExclusions(outage, [{ from: 1009, to: 1010 }]);
    expect(firing(excluded).page_fast).toEqual([
      { from: 1008, to: 1009 },
      { from: 1010, to: 1012 },
    ]);
  });

  it("silences also the tiers whose short window reaches out of the exclusion", () => {
    const long = seriesFrom([...quiet(1000), ...Array(72).fill([20, 1000]), ...quiet(200)]);
    const [plain] = firing(long).page_slow!;
    const silenced = firing(withExclusions(long, [{ from: 1060, to: 1061 }])).page_slow!;
    // 22 slots of 20 / 72,000 are the first above 0.6 %; the short window is while two of its six are bad.
    expect(plain).toEqual({ from: 1021, to: 1076 });
    expect(silenced).toEqual([
      { from: 1021, to: 1060 },
      { from: 1061, to: 1076 },
    ]);
  });

  it("takes missing slots for an outage only where the SLO says so", () => {
    const silence = seriesFrom([...quiet(1000), ...Array(12).fill(null), ...quiet(200)]);
    expect(firing(silence).page_fast).toEqual([]);
    const bad = firing(silence, { onMissing: "bad" });
    expect(bad.page_fast).toEqual([{ from: 1000, to: 1012 }]);
    // The short window of 30 min is clean six slots later.
    expect(bad.page_slow).toEqual([{ from: 1000, to: 1017 }]);
  });

  it("never fires a disabled tier", () => {
    const off = options.tiers.map((tier) => ({ ...tier, disabledReason: "Turned off for this SLO." }));
    expect(firing(outage, { tiers: off }).page_fast).toEqual([]);
  });
});
