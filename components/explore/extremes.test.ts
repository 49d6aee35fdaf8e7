import { expect, test } from "vitest";
import { extremesOf, writeSample } from "./extremes.ts";

test.each([
  [["1", "-2.5", "NaN", "3e2"], "-2.5", "300"],
  [["1", "+Inf"], "1", "+Inf"],
  [["-Inf", "+Inf"], "-Inf", "+Inf"],
  [["NaN"], "NaN", "NaN"],
  [[], "NaN", "NaN"],
])("of %j the lowest is %s, the highest %s", (texts, lowest, highest) => {
  const { min, max } = extremesOf(texts);
  expect([writeSample(min), writeSample(max)]).toEqual([lowest, highest]);
});
