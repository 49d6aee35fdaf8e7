import { expect, test } from "vitest";
import { untoldDeploys } from "./untold-deploys.ts";

const minute = (atMinute: number) => atMinute * 60_000;
const change = (version: string, atMinute: number) => ({
  service: "shop",
  previous: "v0",
  version,
  atMs: minute(atMinute),
});
const told = (version: string, atMinute: number) => ({ version, atMs: minute(atMinute) });

test.each<[string, [string, number][], [string, number][], [string, number][]]>([
  [
    "all of them at first, oldest first",
    [
      ["v2", 9],
      ["v1", 3],
    ],
    [],
    [
      ["v1", 3],
      ["v2", 9],
    ],
  ],
  ["none that is told", [["v1", 3]], [["v1", 3]], []],
  ["none that is told at the next step", [["v1", 4]], [["v1", 3]], []],
  [
    "what is new since",
    [
      ["v1", 3],
      ["v2", 9],
    ],
    [["v1", 3]],
    [["v2", 9]],
  ],
  [
    "a roll-back and a roll-forward",
    [
      ["v2", 3],
      ["v1", 9],
      ["v2", 15],
    ],
    [],
    [
      ["v2", 3],
      ["v1", 9],
      ["v2", 15],
    ],
  ],
  [
    "no crash loop",
    [
      ["v2", 3],
      ["v2", 9],
      ["v2", 30],
    ],
    [],
    [["v2", 3]],
  ],
  ["one that is found out late", [["v1", 3]], [["v2", 9]], [["v1", 3]]],
])("%s", (_, changes, known, expected) => {
  const untold = untoldDeploys(
    changes.map(([version, at]) => change(version, at)),
    known.map(([version, at]) => told(version, at)),
  );
  expect(untold.map(({ version, atMs }) => [version, atMs / 60_000])).toEqual(expected);
});
