import { expect, it } from "vitest";
import { partInWords } from "./gate-inputs.ts";

it.each([
  ["{}", 0, ""],
  ["{}", 1, "objective 2"],
  ['{"node":"ai1"}', 0, "node ai1"],
  ['{"node":"ai1","tier":""}', 1, "node ai1, tier none, objective 2"],
])("%s of objective %i is %j", (group, objective, words) =>
  expect(partInWords({ group, objective })).toBe(words),
);
