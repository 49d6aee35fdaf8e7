import { expect, test } from "vitest";
import { judgeSaturation, saturationLevel } from "./saturation.ts";

test.each([
  [null, "UNKNOWN"],
  [0, "OK"],
  [0.8, "OK"],
  [0.801, "WARNING"],
  [0.9, "WARNING"],
  [0.901, "CRITICAL"],
  [1.2, "CRITICAL"],
] as const)("%s is %s", (ratio, level) => expect(saturationLevel(ratio)).toBe(level));

test("the fullest pod wins, whatever the resource", () => {
  expect(
    judgeSaturation([
      { resource: "cpu", subject: "search-a", ratio: 0.4 },
      { resource: "memory", subject: "search-b", ratio: 0.83 },
      { resource: "memory", subject: "search-a", ratio: null },
    ]),
  ).toEqual({
    level: "WARNING",
    reason: "memory of search-b at 83 %",
    ratio: 0.83,
    resource: "memory",
    subject: "search-b",
  });
});

test.each([[[]], [[{ resource: "cpu", subject: "search-a", ratio: null }] as const]])(
  "without a number it is UNKNOWN: %j",
  (fullness) => {
    expect(judgeSaturation(fullness)).toMatchObject({ level: "UNKNOWN", ratio: null, subject: null });
  },
);
