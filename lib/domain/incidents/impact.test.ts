import { describe, expect, it } from "vitest";
import { SLOT_MS, slotStartMs } from "../slo/slots/slot.ts";
import { reading, seriesFrom, SILENCE } from "../slo/testing.ts";
import { impactBeganMs, impactRange, needsPostmortem, spentRatio } from "./impact.ts";

const FIRST = 1000;
const TARGET = 0.999;
/** Of 1,000 requests, at 99.9 %: burn 0.5, exactly 1, 1.5 and 50. */
const OK = [0.5, 1000] as const;
const EVEN = [1, 1000] as const;
const SLOW = [1.5, 1000] as const;
const FAST = [50, 1000] as const;
const IDLE = [0, 0] as const;

describe("when the impact began", () => {
  it.each([
    { name: "the run ends in the slot of detection", slots: [OK, OK, FAST, FAST], detected: 3, began: 2 },
    { name: "a slow run counts", slots: [OK, SLOW, SLOW, FAST], detected: 3, began: 1 },
    { name: "a burn of exactly 1 is none", slots: [OK, EVEN, FAST, FAST], detected: 3, began: 2 },
    { name: "a good slot ends the run", slots: [OK, FAST, OK, FAST], detected: 3, began: 3 },
    { name: "so does a gap", slots: [OK, FAST, null, FAST], detected: 3, began: 3 },
    { name: "so does a slot without traffic", slots: [OK, FAST, IDLE, FAST], detected: 3, began: 3 },
    { name: "the last slots are not fetched yet", slots: [OK, FAST, null, null], detected: 3, began: 1 },
    { name: "it was over for too long", slots: [OK, FAST, OK, OK, OK], detected: 4, began: null },
    { name: "nothing burns", slots: [OK, OK, OK, OK], detected: 3, began: null },
    { name: "nothing is known", slots: [null, null], detected: 1, began: null },
    {
      name: "what comes after detection says nothing",
      slots: [OK, OK, OK, OK, FAST],
      detected: 3,
      began: null,
    },
    { name: "the run is older than what is known", slots: [FAST, FAST, FAST], detected: 2, began: null },
  ])("$name", ({ slots, detected, began }) => {
    const detectedAtMs = slotStartMs(FIRST + detected) + 42_000;
    const found = impactBeganMs(seriesFrom(slots, FIRST), TARGET, detectedAtMs);
    expect(found).toBe(began === null ? null : slotStartMs(FIRST + began));
  });

  it("leaves out what is excluded", () => {
    const series = { ...seriesFrom([OK, FAST, FAST], FIRST), excluded: Uint8Array.from([0, 1, 0]) };
    expect(impactBeganMs(series, TARGET, slotStartMs(FIRST + 2))).toBe(slotStartMs(FIRST + 2));
  });
});

describe("the slots of an incident", () => {
  it.each([
    { fromMs: 0, toMs: SLOT_MS, range: { from: 0, to: 1 } },
    { fromMs: SLOT_MS - 1, toMs: SLOT_MS + 1, range: { from: 0, to: 2 } },
    { fromMs: SLOT_MS, toMs: SLOT_MS, range: { from: 1, to: 2 } },
  ])("from $fromMs to $toMs", ({ fromMs, toMs, range }) => {
    expect(impactRange(fromMs, toMs)).toEqual(range);
  });
});

describe("what an incident spent", () => {
  // 30 days of 100 requests a slot: 8,640 slots, 864,000 requests, a budget of 864 at 99.9 %.
  const window = reading(500, 864_000, 8640);

  it.each([
    { name: "all of it", bad: 864, ratio: 1 },
    { name: "an hour at 20 %: 240 of 864", bad: 240, ratio: 240 / 864 },
    { name: "nothing", bad: 0, ratio: 0 },
    { name: "more than there was", bad: 1728, ratio: 2 },
  ])("$name", ({ bad, ratio }) => {
    expect(spentRatio(reading(bad, 1200, 12), window, TARGET, 8640)).toBeCloseTo(ratio, 9);
  });

  it("projects a window that is covered in part, as the budget itself does", () => {
    // A tenth of the month so far: the budget is that of the whole month.
    const ratio = spentRatio(reading(86.4, 1200, 12), reading(0, 86_400, 864), TARGET, 8640);
    expect(ratio).toBeCloseTo(0.1, 9);
  });

  it("goes by time where there are no events: an hour of a journey at 10 % is 0.1 * 12 / (0.001 * 8640)", () => {
    const journey = { errorRatio: 0.1, bad: 1, total: null, noTraffic: false, whollyExcluded: false };
    const during = { ...journey, coveredSlots: 12, excludedSlots: 0 };
    const whole = { ...journey, coveredSlots: 8640, excludedSlots: 0 };
    expect(spentRatio(during, whole, TARGET, 8640)).toBeCloseTo(0.138889, 6);
  });

  it("is not known where nothing was measured, and nothing where all is left out", () => {
    expect(spentRatio(SILENCE, window, TARGET, 8640)).toBeNull();
    expect(spentRatio(reading(0, 0, 12), reading(0, 0, 8640), TARGET, 8640)).toBeNull();
    const excluded = reading(0, 0, 12, { coveredSlots: 0, excludedSlots: 12 });
    expect(spentRatio(excluded, window, TARGET, 8628)).toBe(0);
  });

  it("asks for a post-mortem above 20 %", () => {
    expect(needsPostmortem([0.2, null])).toBe(false);
    expect(needsPostmortem([0.01, 0.2001])).toBe(true);
    expect(needsPostmortem([])).toBe(false);
  });
});
