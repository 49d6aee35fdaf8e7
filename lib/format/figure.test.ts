import { expect, test } from "vitest";
import { UNITS } from "#lib/domain/series/units.ts";
import { formatFigure } from "./figure.ts";

test.each([
  [0.412, "seconds", "412 ms"],
  [186, "perSecond", "186/s"],
  [0.0231, "ratio", "2.31 %"],
  [18e9, "bytes", "18 GB"],
  [75.5e6, "bytesPerSecond", "75.5 MB/s"],
  [2, "cores", "2 cores"],
  [61, "celsius", "61 °C"],
  [65, "count", "65"],
  [6, "days", "6 d"],
] as const)("%s %s reads %s", (value, unit, text) => expect(formatFigure(value, unit)).toBe(text));

test.each(UNITS)("%s without a figure is a dash", (unit) => {
  for (const none of [null, NaN, Infinity]) expect(formatFigure(none, unit)).toBe("—");
});
