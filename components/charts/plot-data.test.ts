import { describe, expect, test } from "vitest";
import type { SeriesData } from "#lib/contracts/series.ts";
import { placeMarks } from "./marks.ts";
import { isDense, loneValues, plotRows, spanOf, tickLabel, visibleThresholds } from "./plot-data.ts";
import { seriesStats } from "./series-stats.ts";
import { sparkPath } from "./sparkline.tsx";

const data: SeriesData = {
  startSeconds: 1_000,
  stepSeconds: 60,
  unit: "count",
  thresholds: [],
  series: [
    { name: "a", labels: {}, values: [1, null, 3] },
    { name: "b", labels: {}, values: [4, 5, 6] },
  ],
};

test("rows carry the drawn lines only; a gap stays null", () => {
  expect(plotRows(data, data.series.slice(0, 1))).toEqual([
    { atMs: 1_000_000, values: [1] },
    { atMs: 1_060_000, values: [null] },
    { atMs: 1_120_000, values: [3] },
  ]);
  expect(spanOf(data)).toEqual({ fromMs: 1_000_000, toMs: 1_120_000 });
});

test("one point or none still spans a step, so that the axis has a length", () => {
  expect(spanOf({ ...data, series: [] })).toEqual({ fromMs: 1_000_000, toMs: 1_060_000 });
});

test("thresholds far above the data are left out", () => {
  const thresholds = [{ value: 0.5 }, { value: 1 }];
  expect(visibleThresholds(thresholds, 0.3)).toEqual([{ value: 0.5 }]);
  expect(visibleThresholds(thresholds, -Infinity)).toEqual([]);
});

test.each([
  [
    [1, null, 2, 3, null, 4],
    [0, 5],
  ],
  [[null, 1, null], [1]],
  [[1, 2, 3], []],
  [[7], [0]],
  [[null, null], []],
])("of %j the values at %j stand alone", (values, lone) => expect(loneValues(values)).toEqual(lone));

test.each([
  [2, 300, false],
  [2, 301, true],
  [10, 60, false],
  [10, 61, true],
  [0, 0, false],
])("a chart of %i lines of %i points is dense: %j", (lines, points, dense) => {
  const values = Array.from({ length: points }, () => 1);
  const series = Array.from({ length: lines }, (_, nth) => ({ name: `l${nth}`, labels: {}, values }));
  expect(isDense({ ...data, series })).toBe(dense);
});

test("tickLabel is a clock time, the date at midnight and for ticks days apart", () => {
  const noon = Date.parse("2026-11-20T12:00:00Z");
  const midnight = Date.parse("2026-11-21T00:00:00Z");
  expect(tickLabel(noon, [noon, midnight], "UTC")).toBe("12:00");
  expect(tickLabel(midnight, [noon, midnight], "UTC")).toBe("21 Nov");
  expect(tickLabel(noon, [noon, noon + 86_400_000], "UTC")).toBe("20 Nov");
});

describe("seriesStats", () => {
  test("gaps do not count", () => {
    expect(seriesStats([2, null, 4, 9])).toEqual({ last: 9, min: 2, max: 9, mean: 5 });
  });

  test("one or two late slots are forgiven, a silent line has no last value", () => {
    expect(seriesStats([1, 2, null, null]).last).toBe(2);
    expect(seriesStats([1, 2, null, null, null]).last).toBeNull();
  });

  test("a line of gaps has no figures, not zeros", () => {
    expect(seriesStats([null, null])).toEqual({ last: null, min: null, max: null, mean: null });
  });
});

describe("sparkPath", () => {
  test("a gap lifts the pen, a lone value becomes a dot", () => {
    expect(
      sparkPath([0, 1, null, 1, null, 0, 1], 1)
        .match(/[ML]|h/g)
        ?.join(""),
    ).toBe("MLMhML");
  });

  test("a flat line is drawn in the middle, nothing is drawn without values", () => {
    expect(sparkPath([5, 5])).toBe("M0.0 12.0L100.0 12.0");
    expect(sparkPath([null, null])).toBe("");
  });

  test("a value over the given top stays inside the box", () => {
    expect(sparkPath([0, 2], 1)).toBe("M0.0 23.0L100.0 1.0");
  });
});

describe("placeMarks", () => {
  const mark = (at: string, label: string) => ({ at, label, kind: "deploy" as const });
  const [fromMs, toMs] = [Date.parse("2026-11-20T00:00:00Z"), Date.parse("2026-11-20T10:00:00Z")];

  test("marks outside the range are not drawn; of crowded ones only the first is named", () => {
    const marks = [
      mark("2026-11-20T05:30:00Z", "third"),
      mark("2026-11-20T05:00:00Z", "second"),
      mark("2026-11-19T23:59:59Z", "before"),
      mark("2026-11-20T01:00:00Z", "first"),
      mark("2026-11-20T10:00:01Z", "after"),
    ];
    expect(
      placeMarks(marks, fromMs, toMs).map(({ label, position, named }) => [label, position, named]),
    ).toEqual([
      ["first", 0.1, true],
      ["second", 0.5, true],
      ["third", 0.55, false],
    ]);
  });
});
