import { expect, test, vi } from "vitest";
import type { SeriesData } from "#lib/contracts/series.ts";
import { plotFrame, ticksWithRoom, zoomTo } from "./plot-frame.ts";

const data: SeriesData = {
  startSeconds: 1_000_000,
  stepSeconds: 60,
  unit: "ratio",
  thresholds: [
    { label: "warning", value: 0.4, level: "WARNING" },
    { label: "critical", value: 0.9, level: "CRITICAL" },
  ],
  series: [
    { name: "a", labels: {}, values: [0.1, null, 0.3] },
    { name: "b", labels: {}, values: [0.2, 0.8, 0.2] },
  ],
};
const place = { timeZone: "UTC", heightPx: 200 };

test("the axis holds every drawn value and the thresholds near them", () => {
  const both = plotFrame(data, data.series, place);
  expect(both.thresholds.map(({ label }) => label)).toEqual(["warning", "critical"]);
  expect(both.yTicks[0]).toBe(0);
  expect(both.yTicks.at(-1)).toBeGreaterThanOrEqual(0.9);
  expect([both.fromMs, both.toMs]).toEqual([1_000_000_000, 1_000_120_000]);
});

test("a line alone has its own axis, and only the threshold that it comes near", () => {
  const one = plotFrame(data, data.series.slice(0, 1), place);
  expect(one.thresholds.map(({ label }) => label)).toEqual(["warning"]);
  expect(one.yTicks.at(-1)).toBe(0.4);
});

test("without a number there is an axis and no threshold", () => {
  const none = plotFrame(data, [{ values: [null, null, null] }], place);
  expect(none.thresholds).toEqual([]);
  expect(none.yTicks.length).toBeGreaterThan(1);
});

test("negative values are on the axis", () => {
  const { yTicks } = plotFrame({ ...data, unit: "count" }, [{ values: [-5, 3] }], place);
  expect(yTicks[0]).toBeLessThanOrEqual(-5);
  expect(yTicks.at(-1)).toBeGreaterThanOrEqual(3);
});

test.each([
  [100, 50, [0, 1, 2, 3, 4, 5]],
  [30, 50, [0, 2, 4]],
  [20, 50, [0, 3]],
  [0, 50, [0]],
])("ticks %i px apart with labels of %i px", (pxBetween, labelPx, kept) =>
  expect(ticksWithRoom([0, 1, 2, 3, 4, 5], pxBetween, labelPx)).toEqual(kept),
);

test("a drag of a minute zooms, a shorter one does not", () => {
  const onZoom = vi.fn();
  zoomTo(onZoom, 0, 59_999);
  expect(onZoom).not.toHaveBeenCalled();
  zoomTo(onZoom, 0, 60_000);
  expect(onZoom).toHaveBeenCalledWith({ from: "1970-01-01T00:00:00.000Z", to: "1970-01-01T00:01:00.000Z" });
});
