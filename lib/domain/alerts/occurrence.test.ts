import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endSuperseded, joinOccurrences, type Occurrence, type OccurrenceEnd } from "./occurrence.ts";

const told = (atMs: number): OccurrenceEnd => ({ atMs, notBeforeMs: null });
const inferred = (notBeforeMs: number, atMs: number): OccurrenceEnd => ({ atMs, notBeforeMs });

function occurrence(fields: Partial<Occurrence> = {}): Occurrence {
  return {
    source: "default",
    fingerprint: "b7cb0783beb85993",
    startsAtMs: 1_000,
    labels: { alertname: "Hi" },
    annotations: {},
    generatorUrl: null,
    end: null,
    lastSeenMs: 1_000,
    ...fields,
  };
}

describe("tellings of one occurrence", () => {
  it.each<[string, OccurrenceEnd | null, OccurrenceEnd | null, OccurrenceEnd | null]>([
    ["firing twice: it fires", null, null, null],
    ["resolved beats firing", told(5_000), null, told(5_000)],
    ["of two ends told the later one", told(5_000), told(6_000), told(6_000)],
    ["told beats inferred", inferred(2_000, 9_000), told(5_000), told(5_000)],
    [
      "of two ends inferred the earlier one",
      inferred(2_000, 9_000),
      inferred(3_000, 8_000),
      inferred(2_000, 8_000),
    ],
  ])("%s", (_, a, b, end) => {
    expect(joinOccurrences(occurrence({ end: a }), occurrence({ end: b })).end).toEqual(end);
    expect(joinOccurrences(occurrence({ end: b }), occurrence({ end: a })).end).toEqual(end);
  });

  it("takes back an end that was only inferred when it is seen to fire later", () => {
    const absent = occurrence({ end: inferred(2_000, 9_000), lastSeenMs: 2_000 });
    expect(joinOccurrences(absent, occurrence({ lastSeenMs: 9_001 })).end).toBeNull();
    expect(joinOccurrences(absent, occurrence({ lastSeenMs: 8_999 })).end).not.toBeNull();
  });

  it("ends those that an occurrence of the same labels follows", () => {
    const first = occurrence({ startsAtMs: 1_000, lastSeenMs: 4_000 });
    const second = occurrence({ startsAtMs: 7_000, lastSeenMs: 7_000 });
    expect(endSuperseded([second, first]).map(({ end }) => end)).toEqual([inferred(4_000, 7_000), null]);
    const resolved = { ...first, end: told(5_000) };
    expect(endSuperseded([second, resolved])[0]?.end).toEqual(told(5_000));
  });
});

const anEnd = fc.option(
  fc.oneof(
    fc.nat(50).map((at) => told(1_000 + at)),
    fc.tuple(fc.nat(20), fc.nat(50)).map(([before, after]) => inferred(1_000 + before, 1_020 + after)),
  ),
);
const aTelling = fc
  .record({ end: anEnd, seen: fc.nat(60), summary: fc.string({ maxLength: 3 }) })
  .map(({ end, seen, summary }) => occurrence({ end, lastSeenMs: 1_000 + seen, annotations: { summary } }));

describe("any order and number of tellings", () => {
  const told = (one: Occurrence) => ({ end: one.end, lastSeenMs: one.lastSeenMs });
  const fold = (all: readonly Occurrence[]) => told(all.reduce(joinOccurrences));

  it("ends the same as far as ends were told", () => {
    const onlyTold = aTelling.filter(({ end }) => end === null || end.notBeforeMs === null);
    const withOrder = fc
      .array(onlyTold, { minLength: 1, maxLength: 8 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)),
      );
    fc.assert(
      fc.property(withOrder, ([inOrder, shuffled, again]) => {
        expect(fold([...shuffled, ...again])).toEqual(fold(inOrder));
      }),
    );
  });

  it("never lets a told end be undone", () => {
    fc.assert(
      fc.property(fc.array(aTelling, { minLength: 1, maxLength: 8 }), (all) => {
        const ends = all.flatMap(({ end }) => (end && end.notBeforeMs === null ? [end.atMs] : []));
        if (ends.length > 0) expect(fold(all).end).toEqual({ atMs: Math.max(...ends), notBeforeMs: null });
      }),
    );
  });
});
