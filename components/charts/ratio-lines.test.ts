import { describe, expect, it } from "vitest";
import { ratioRows, ratioTicks, withinTimes } from "./ratio-lines.ts";

describe("ratioTicks", () => {
  it.each([
    ["a share within a thousandth of all", [0.9991, 0.9995, 1], [0.999, 0.99925, 0.9995, 0.99975, 1]],
    ["a whole budget", [0, 0.5, 1], [0, 0.25, 0.5, 0.75, 1]],
    ["an overspent one", [-0.4, 1], [-0.5, 0, 0.5, 1]],
    ["nothing", [], [0, 1]],
  ])("%s", (_, values, ticks) => expect(ratioTicks(values, { max: 1 })).toEqual(ticks));

  it("never passes 100 %, and has two ticks for a line that does not move", () => {
    for (const value of [1, 0.9999, 0.5, 0]) {
      const ticks = ratioTicks([value, value], { max: 1 });
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(Math.max(...ticks)).toBeLessThanOrEqual(1);
      expect(Math.min(...ticks)).toBeLessThanOrEqual(value);
    }
  });
});

it("rows keep gaps as gaps", () => {
  const line = (values: (number | null)[]) => ({ name: "a", values, color: "red" });
  expect(ratioRows([5, 9], [line([1, null]), line([0.5])])).toEqual([
    { atMs: 5, values: [1, 0.5] },
    { atMs: 9, values: [null, null] },
  ]);
});

it("marks outside are not drawn, spans are cut", () => {
  const mark = (atMs: number) => ({ atMs, text: "deploy", color: "red" });
  const span = (fromMs: number, toMs: number) => ({ fromMs, toMs, text: "maintenance" });
  const marks = [mark(1), mark(10), mark(31)];
  const spans = [span(0, 5), span(5, 15), span(25, 40), span(30, 50)];
  expect(withinTimes({ marks, spans }, 10, 30)).toEqual({
    marks: [mark(10)],
    spans: [span(10, 15), span(25, 30)],
  });
});
