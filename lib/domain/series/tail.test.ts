import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tailOf, withTail } from "./tail.ts";

const chart = (startSeconds: number, ...lines: (number | null)[][]) => ({
  startSeconds,
  stepSeconds: 15,
  unit: "count",
  series: lines.map((values, nth) => ({ name: `line ${nth}`, labels: { nth: String(nth) }, values })),
  thresholds: [],
});

describe("the tail of a chart", () => {
  test.each([
    ["moved on by a point", [1, 2, 3, 4], 15, [2, 3, 4, 5], { keep: 3, values: [[5]] }],
    ["the newest point was revised", [1, 2, 3, 4], 0, [1, 2, 3, 9], { keep: 3, values: [[9]] }],
    ["a gap was filled", [1, 2, 3, null], 15, [2, 3, 4, 5], { keep: 2, values: [[4, 5]] }],
    ["nothing has changed", [1, 2, 3, 4], 0, [1, 2, 3, 4], { keep: 4, values: [[]] }],
    ["a point came at the end", [1, 2, 3], 0, [1, 2, 3, 4], { keep: 3, values: [[4]] }],
  ])("%s", (_, before, start, now, tail) => {
    expect(tailOf(chart(0, before), chart(start, now))).toEqual({ startSeconds: start, ...tail });
  });

  test("begins where the first of the lines differs", () => {
    const tail = tailOf(chart(0, [1, 1, 1, 1], [2, 2, 2, 2]), chart(0, [1, 1, 1, 1], [2, 2, 3, 2]));
    expect(tail).toEqual({
      startSeconds: 0,
      keep: 2,
      values: [
        [1, 1],
        [3, 2],
      ],
    });
  });

  test.each([
    ["another grid", chart(7, [1, 2, 3, 4])],
    ["an earlier start", chart(-15, [0, 1, 2, 3])],
    [
      "another line",
      { ...chart(0, [1, 2, 3, 4]), series: [{ name: "x", labels: {}, values: [1, 2, 3, 4] }] },
    ],
    ["one line more", chart(0, [1, 2, 3, 4], [1, 2, 3, 4])],
    ["another step", { ...chart(0, [1, 2, 3, 4]), stepSeconds: 30 }],
    [
      "another threshold",
      { ...chart(0, [1, 2, 3, 4]), thresholds: [{ label: "a", value: 1, level: "WARNING" }] },
    ],
    ["more news than old", chart(45, [4, 5, 6, 7])],
    ["no lines", chart(0)],
  ])("is none for %s", (_, now) => {
    expect(tailOf(chart(0, [1, 2, 3, 4]), now)).toBeNull();
  });

  test("laid over the older chart makes the newer one, also by way of JSON", () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((v) => v + 0),
    );
    const line = fc.array(value, { minLength: 30, maxLength: 30 });
    let tails = 0;
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        fc.nat(20),
        fc.nat(8),
        fc.array(fc.tuple(fc.nat(3), fc.nat(40), value), { maxLength: 3 }),
        (lines, shift, more, revised) => {
          const older = chart(0, ...lines);
          const newer = chart(
            shift * 15,
            ...lines.map((values, nth) => {
              const news = [...values, ...Array.from({ length: more }, (_, i) => i + nth)];
              for (const [of, at, to] of revised) if (of === nth && at < news.length) news[at] = to;
              return news.slice(shift);
            }),
          );
          const tail = tailOf(older, newer);
          if (tail === null) return;
          tails += 1;
          const told = JSON.parse(JSON.stringify(tail)) as typeof tail;
          expect(withTail(older, told)).toEqual(JSON.parse(JSON.stringify(newer)));
        },
      ),
      { numRuns: 500 },
    );
    expect(tails).toBeGreaterThan(100);
  });

  test("of another chart is refused", () => {
    const tail = { startSeconds: 0, keep: 1, values: [[1]] };
    expect(() => withTail(chart(0, [1], [2]), tail)).toThrow(RangeError);
    expect(() => withTail(chart(15, [1]), tail)).toThrow(RangeError);
  });
});
