import { describe, expect, it } from "vitest";
import { previewFirings, secondsOf, unionOfFirings } from "./preview-firings.ts";

/** "x" where the expression has a sample; a step is a minute, the first at 0. */
const firings = (present: string, forSeconds: number) =>
  previewFirings(
    [...present].map((one) => one === "x"),
    { startSeconds: 0, stepSeconds: 60, forSeconds },
  ).map(({ fromSeconds, toSeconds }) => [fromSeconds / 60, toSeconds / 60]);

describe("previewFirings", () => {
  it.each<[string, number, number[][]]>([
    ["", 0, []],
    ["....", 0, []],
    [".x..", 0, [[1, 2]]],
    [".xx.", 0, [[1, 3]]],
    ["xxxx", 0, [[0, 4]]],
    // Pending at 1, 2; at 3 it has been pending for two minutes.
    [".xxx.", 120, [[3, 4]]],
    [".xx..", 120, []],
    // A gap begins the waiting anew.
    [
      "xx.xx.",
      60,
      [
        [1, 2],
        [4, 5],
      ],
    ],
    ["xx.xxx", 120, [[5, 6]]],
    // Ninety seconds are over at the second evaluation after the first.
    ["xxxx", 90, [[2, 4]]],
  ])("%s for %i s", (present, forSeconds, expected) =>
    expect(firings(present, forSeconds)).toEqual(expected),
  );
});

describe("unionOfFirings", () => {
  it.each([
    [[], 0, 0],
    [
      [
        [0, 60],
        [60, 120],
      ],
      1,
      120,
    ],
    [
      [
        [100, 200],
        [0, 60],
        [50, 90],
      ],
      2,
      190,
    ],
    [
      [
        [0, 300],
        [60, 120],
      ],
      1,
      300,
    ],
  ])("%j", (stretches, count, seconds) => {
    const union = unionOfFirings(
      stretches.map(([fromSeconds = 0, toSeconds = 0]) => ({ fromSeconds, toSeconds })),
    );
    expect([union.length, secondsOf(union)]).toEqual([count, seconds]);
  });
});
