import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { LEAST_SHARE, mitigationBegan, ribbonOf, sharesOf } from "./ribbon-geometry.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 14, minute)).toISOString();
const ms = (minute: number) => Date.parse(at(minute));
const OPEN = {
  phase: "DETECT",
  startedAt: null,
  detectedAt: at(0),
  acknowledgedAt: null,
  mitigatedAt: null,
  resolvedAt: null,
  closedAt: null,
} as const;

describe("sharesOf", () => {
  it.each([
    [[1, 1, 2], 0.1, [0.25, 0.25, 0.5]],
    // The two small ones take 0.1 each, the others share 0.8 as 1 : 3.
    [[0, 10, 30, 0], 0.1, [0.1, 0.2, 0.6, 0.1]],
    // 1 of 100 falls under 0.1; what is left is shared as 49 : 50, of 0.9.
    [[1, 49, 50], 0.1, [0.1, 0.9 * (49 / 99), 0.9 * (50 / 99)]],
    [[0, 0, 0, 0, 0], 0.1, [0.2, 0.2, 0.2, 0.2, 0.2]],
  ])("%j, none below %d", (weights, least, expected) => {
    const shares = sharesOf(weights, least);
    expect(shares).toHaveLength(expected.length);
    for (const [i, share] of shares.entries()) expect(share).toBeCloseTo(expected[i]!, 10);
  });

  it("always adds up to the whole width, and never starves a phase", () => {
    const weights = fc.array(fc.nat(1e9), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(weights, (some) => {
        const shares = sharesOf(some, LEAST_SHARE);
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(LEAST_SHARE - 1e-9);
      }),
    );
  });
});

describe("ribbonOf", () => {
  const states = (parts: ReturnType<typeof ribbonOf>) => parts.map(({ state }) => state);

  it("runs from the beginning of the impact, where it is known", () => {
    const [detect] = ribbonOf({ ...OPEN, startedAt: at(-3) }, null, ms(2));
    expect(detect).toMatchObject({ state: "now", startMs: ms(-3), endMs: null });
    expect(states(ribbonOf(OPEN, null, ms(2)))).toEqual(["now", "ahead", "ahead", "ahead", "ahead"]);
  });

  it("gives each phase the time from its beginning to the next one", () => {
    const times = { ...OPEN, phase: "RESOLVE", acknowledgedAt: at(3), mitigatedAt: at(20) } as const;
    const parts = ribbonOf(times, ms(7), ms(30));
    expect(parts.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [ms(0), ms(3)],
      [ms(3), ms(7)],
      [ms(7), ms(20)],
      [ms(20), null],
      [null, null],
    ]);
    expect(states(parts)).toEqual(["past", "past", "past", "now", "ahead"]);
    const widest = parts.toSorted((a, b) => b.share - a.share)[0];
    expect(widest?.phase).toBe("MITIGATE");
  });

  it("shows what was left out as left out, and learning as a thin end however long it takes", () => {
    const times = { ...OPEN, phase: "LEARN", resolvedAt: at(10) } as const;
    const parts = ribbonOf(times, null, ms(10_000));
    expect(states(parts)).toEqual(["past", "skipped", "skipped", "skipped", "now"]);
    expect(parts[0]).toMatchObject({ startMs: ms(0), endMs: ms(10) });
    expect(parts[4]?.share).toBeCloseTo(LEAST_SHARE, 10);
    const closed = ribbonOf({ ...times, closedAt: at(90) }, null, ms(10_000));
    expect(closed[4]).toMatchObject({ state: "past", startMs: ms(10), endMs: ms(90) });
  });

  it("forgets a mitigation of the course before it was opened again", () => {
    const times = { ...OPEN, phase: "TRIAGE", acknowledgedAt: at(3) } as const;
    expect(states(ribbonOf(times, ms(7), ms(40)))).toEqual(["past", "now", "ahead", "ahead", "ahead"]);
  });
});

it("mitigation began when it was last begun", () => {
  const entry = (minute: number, transition: string) =>
    ({ at: at(minute), body: { kind: "transition", transition } }) as unknown as TimelineEntry;
  expect(mitigationBegan([])).toBeNull();
  const entries = [entry(2, "begin_mitigation"), entry(5, "reopen"), entry(9, "begin_mitigation")];
  expect(mitigationBegan(entries)).toBe(ms(9));
});
