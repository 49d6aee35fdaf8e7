import { expect, it } from "vitest";
import type { SloDefinition } from "../definition/definition.ts";
import { soundDefinition } from "../testing.ts";
import { measureOf } from "./measure.ts";
import { readSlot, type SlotAnswer } from "./read-slots.ts";

const answer = (more: Partial<SlotAnswer>): SlotAnswer => ({ numerator: [], total: [], value: [], ...more });
const sound = soundDefinition();
const probe: SloDefinition = {
  ...sound,
  sli: { kind: "probe", expression: "up", good: { operator: "==", value: 1 } },
  budgeting: { method: "timeslices", sliceMinutes: 1, sliceGood: null },
};
const slices: SloDefinition = {
  ...sound,
  budgeting: { method: "timeslices", sliceMinutes: 1, sliceGood: { operator: ">=", value: 0.99 } },
};
const ratios: SloDefinition = { ...sound, budgeting: { method: "ratioTimeslices", sliceMinutes: 1 } };

it.each<[string, SloDefinition, SlotAnswer, { bad: number; total: number } | null]>([
  ["bad and total as they are", sound, answer({ numerator: [3], total: [100] }), { bad: 3, total: 100 }],
  ["no series of errors: none", sound, answer({ total: [100] }), { bad: 0, total: 100 }],
  ["no total: a gap", sound, answer({ numerator: [3] }), null],
  ["an idle slot is measured", sound, answer({ total: [0] }), { bad: 0, total: 0 }],
  [
    "slices that pass, and one without a sample",
    probe,
    answer({ value: [1, 1, 0, null, 1] }),
    { bad: 1, total: 4 },
  ],
  ["no slice at all: a gap", probe, answer({ value: [null, null] }), null],
  [
    "slices judged by their good ratio: 0.98 and 0.5 fail, the empty one drops out",
    slices,
    answer({ numerator: [0, 2, 50, null, 0], total: [100, 100, 100, 0, 10] }),
    { bad: 2, total: 4 },
  ],
  [
    "ratios of slices: 0 + 0.02 + 0.5",
    ratios,
    answer({ numerator: [0, 2, 50], total: [100, 100, 100] }),
    { bad: 0.52, total: 3 },
  ],
])("%s", (_, definition, given, expected) => {
  expect(readSlot(given, measureOf(definition)!)).toEqual(expected);
});
