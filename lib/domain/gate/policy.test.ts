import { describe, expect, it } from "vitest";
import { DEFAULT_GATE_POLICY as STANDARD, type GatePolicy, policyProblems } from "./policy.ts";

const { matrix, risk, floors } = STANDARD;
const all = <T>(value: T) => ({ low: value, medium: value, high: value });
const withRow = (
  status: keyof typeof matrix,
  row: Partial<(typeof matrix)["healthy"]>,
): Partial<GatePolicy> => ({
  matrix: { ...matrix, [status]: { ...matrix[status], ...row } },
});
const withLines = (...froms: number[]): Partial<GatePolicy> => ({
  risk: { ...risk, weights: { ...risk.weights, lines: froms.map((from) => ({ from, points: 0 })) } },
});
const withCuts = (mediumFrom: number, highFrom: number): Partial<GatePolicy> => ({
  risk: { ...risk, cuts: { mediumFrom, highFrom } },
});

describe("what is wrong with a policy", () => {
  it("is nothing with the one that Burnline comes with", () => {
    expect(policyProblems(STANDARD)).toEqual([]);
  });

  it.each<[string, Partial<GatePolicy>, string[]]>([
    [
      "milder for more risk",
      withRow("warning", { low: "defer", medium: "review" }),
      ["matrix.warning.medium"],
    ],
    [
      "milder for a worse status, and critical approves",
      withRow("critical", { low: "approve" }),
      ["matrix.critical.low", "matrix.critical.low"],
    ],
    [
      "a better status made stricter than the one below it",
      withRow("healthy", { low: "review", medium: "review" }),
      ["matrix.attention.low"],
    ],
    [
      "milder both ways",
      withRow("warning", { high: "review" }),
      ["matrix.warning.high", "matrix.warning.high"],
    ],
    ["no data is no worse than what was measured", withRow("no_data", all("review")), []],
    [
      "milder in the middle",
      withRow("healthy", { low: "review" }),
      ["matrix.healthy.medium", "matrix.attention.low"],
    ],
    ["equal for all risks is nothing", { matrix: { ...matrix, healthy: all("approve") } }, []],
    ["no data approves", withRow("no_data", { low: "approve" }), ["matrix.no_data.low"]],
    [
      "no traffic approves all",
      { matrix: { ...matrix, no_traffic: all("approve") } },
      ["matrix.no_traffic.low", "matrix.no_traffic.medium", "matrix.no_traffic.high"],
    ],
    [
      "a spent budget approves",
      withRow("exhausted", { low: "approve" }),
      ["matrix.exhausted.low", "matrix.exhausted.low"],
    ],
    ["an incident approves", { floors: { ...floors, openIncident: "approve" } }, ["floors.openIncident"]],
    ["a page approves", { floors: { ...floors, firingPage: "approve" } }, ["floors.firingPage"]],
    ["a page is a review", { floors: { ...floors, firingPage: "review" } }, ["floors.firingPage"]],
    ["no incident counts", { incidentSeverities: [] }, ["incidentSeverities"]],
    ["P2 alone counts", { incidentSeverities: ["P2"] }, ["incidentSeverities"]],
    ["errors approve", { floors: { ...floors, criticalErrors: "approve" } }, ["floors.criticalErrors"]],
    ["cuts that are one", withCuts(30, 30), ["risk.cuts.highFrom"]],
    ["cuts the wrong way round", withCuts(60, 30), ["risk.cuts.highFrom"]],
    ["cuts side by side are nothing", withCuts(30, 31), []],
    ["sizes that repeat", withLines(0, 100, 100), ["risk.weights.lines.2.from"]],
    ["sizes that fall", withLines(500, 100, 50), ["risk.weights.lines.1.from", "risk.weights.lines.2.from"]],
    ["one size is nothing", withLines(0), []],
    [
      "several at once",
      { ...withRow("no_data", { high: "approve" }), ...withCuts(9, 8) },
      ["matrix.no_data.high", "matrix.no_data.high", "risk.cuts.highFrom"],
    ],
  ])("%s", (_, change, paths) => {
    expect(policyProblems({ ...STANDARD, ...change }).map(({ path }) => path.join("."))).toEqual(paths);
  });
});
