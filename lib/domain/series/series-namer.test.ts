import { expect, test } from "vitest";
import { seriesNamer } from "./series-namer.ts";

const up = (more: Record<string, string>) => ({ labels: { __name__: "up", job: "node", ...more } });
const metric = (name: string) => ({ labels: { __name__: name, job: "node" } });

test.each([
  ["only what differs", [up({ node: "ai1" }), up({ node: "ai2" })], ["ai1", "ai2"]],
  ["several labels, by their names' order", [up({ b: "x", a: "1" }), up({ b: "y", a: "2" })], ["1 x", "2 y"]],
  ["a label that one has not", [up({ mode: "idle" }), up({})], ["idle", "up"]],
  ["a single one by all", [up({ node: "ai1" })], ["node ai1"]],
  ["without labels by its metric", [{ labels: { __name__: "up" } }], ["up"]],
  ["without anything", [{ labels: {} }], ["value"]],
  ["by metric where that differs", [metric("a"), metric("b")], ["a", "b"]],
  ["none", [], []],
])("%s", (_, series, names) => {
  expect(series.map(({ labels }) => seriesNamer(series)(labels))).toEqual(names);
});
