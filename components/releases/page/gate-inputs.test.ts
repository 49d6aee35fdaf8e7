import { expect, it } from "vitest";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { partInWords, slosOf } from "./gate-inputs.ts";

it.each([
  ["{}", 0, ""],
  ["{}", 1, "objective 2"],
  ['{"node":"ai1"}', 0, "node ai1"],
  ['{"node":"ai1","tier":""}', 1, "node ai1, tier none, objective 2"],
])("%s of objective %i is %j", (group, objective, words) =>
  expect(partInWords({ group, objective })).toBe(words),
);

const SLO = {
  ...{ sloId: "s", key: "pay/availability", objective: 0, group: "{}", status: "healthy" },
  ...{ budgetRemainingRatio: 0.5, burnRate6h: null },
};

it.each([
  [{ slos: [SLO] }, [SLO]],
  [{ slos: [] }, []],
  [{ slos: null }, null],
  [{}, null],
  [{ slos: [SLO, { ...SLO, status: "splendid" }] }, null],
  [{ slos: [{ ...SLO, objective: 0.5 }] }, null],
  [{ slos: [{ ...SLO, burnRate6h: "2" }] }, null],
  [{ slos: [{ ...SLO, key: 7 }] }, null],
  [{ slos: ["pay"] }, null],
])("the inputs %j show %j", (inputs, slos) =>
  expect(slosOf({ inputs } as unknown as GateAnswer)).toEqual(slos),
);
