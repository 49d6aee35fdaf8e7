import type { SloStatus } from "#lib/domain/slo/status/axes.ts";
import { type Decision, DECISIONS } from "./decision.ts";
import { type Risk, type RiskCuts, RISKS, type RiskWeights } from "./risk.ts";

/** Classes of change that may go out where others may not (DOMAIN 5): by what they are, never by whose. */
export const LANES = ["security", "p1_fix", "rollback"] as const;
export type Lane = (typeof LANES)[number];

export type MatrixRow = Readonly<Record<Risk, Decision>>;
export type Matrix = Readonly<Record<SloStatus, MatrixRow>>;

/** What a release of a tier is held to. */
export interface TierRules {
  /** How long an approval lasts. */
  leaseMinutes: number;
  /** The least risk that any release of the tier counts as. */
  leastRisk: Risk;
}

/** Everything the gate decides by, as data: versioned, compared, replayed. */
export interface GatePolicy {
  matrix: Matrix;
  risk: { weights: RiskWeights; cuts: RiskCuts };
  /** What trouble around the service asks for at least; lanes excepted. */
  floors: { openIncident: Decision; firingPage: Decision; criticalErrors: Decision };
  /** Incidents of these severities count. */
  incidentSeverities: readonly string[];
  /** The lanes that are open. */
  lanes: readonly Lane[];
  tiers: Readonly<Record<string, TierRules>>;
  /** For a service without a tier, or with one not named above. */
  otherTiers: TierRules;
  /** How long a deferred release is asked about again. */
  deferHours: number;
  /** The share of what is left of a budget that a canary may cost if it fails wholly. */
  canaryCostRatio: number;
  /** How long a canary runs before somebody would have stopped it. */
  canaryMinutes: number;
}

/** Older data never approves; a policy cannot loosen it (DOMAIN 5). */
export const DATA_MAX_AGE_MS = 5 * 60_000;

const row = (low: Decision, medium: Decision, high: Decision): MatrixRow => ({ low, medium, high });

/** DOMAIN 5's matrix, and weights that keep a small, reversible change low. */
export const DEFAULT_GATE_POLICY: GatePolicy = {
  matrix: {
    healthy: row("approve", "approve", "review"),
    attention: row("approve", "review", "defer"),
    warning: row("review", "defer", "block"),
    critical: row("defer", "block", "block"),
    exhausted: row("block", "block", "block"),
    no_data: row("review", "review", "review"),
    no_traffic: row("review", "review", "review"),
  },
  risk: {
    weights: {
      lines: [
        { from: 0, points: 0 },
        { from: 100, points: 6 },
        { from: 500, points: 12 },
        { from: 1_000, points: 18 },
        { from: 5_000, points: 30 },
      ],
      linesUnstated: 0,
      migration: 20,
      migrationUnstated: 0,
      rollbackReady: -6,
      rollbackMissing: 15,
      rollbackUnstated: 0,
      perDependent: 2,
      mostForDependents: 12,
      tier: { critical: 10, essential: 6 },
      allReleasesFailed: 50,
      unattended: 4,
      attendedHours: { zone: "UTC", from: 8, until: 18, fridayUntil: 15 },
    },
    cuts: { mediumFrom: 30, highFrom: 60 },
  },
  floors: { openIncident: "defer", firingPage: "defer", criticalErrors: "defer" },
  incidentSeverities: ["P1", "P2"],
  lanes: LANES,
  tiers: {
    critical: { leaseMinutes: 30, leastRisk: "low" },
    essential: { leaseMinutes: 60, leastRisk: "low" },
  },
  otherTiers: { leaseMinutes: 120, leastRisk: "low" },
  deferHours: 24,
  canaryCostRatio: 0.1,
  canaryMinutes: 30,
};

const rank = (decision: Decision) => DECISIONS.indexOf(decision);

/** What was measured, best first: a worse status is never judged more mildly than a better one. */
const MEASURED = [
  "healthy",
  "attention",
  "warning",
  "critical",
  "exhausted",
] as const satisfies readonly SloStatus[];

interface Problem {
  path: (string | number)[];
  message: string;
}

/** Cells that are milder than the one beside them, for less risk, or above them, for a better status. */
function milderCells(matrix: Matrix): Problem[] {
  return Object.entries(matrix).flatMap(([status, cells]) => {
    const better = MEASURED[MEASURED.findIndex((one) => one === status) - 1];
    return RISKS.flatMap((risk, index) => {
      const path = ["matrix", status, risk];
      const lower = RISKS[index - 1];
      const found: Problem[] = [];
      if (lower && rank(cells[risk]) > rank(cells[lower]))
        found.push({ path, message: `is milder than for a ${lower} risk` });
      if (better && rank(cells[risk]) > rank(matrix[better][risk]))
        found.push({ path, message: `is milder than for ${better}` });
      return found;
    });
  });
}

/** What is wrong with a policy beyond its shape: path and words of each finding; empty when it may be published. */
export function policyProblems(policy: GatePolicy): Problem[] {
  const found = milderCells(policy.matrix);
  for (const status of ["no_data", "no_traffic"] as const) {
    for (const risk of RISKS) {
      if (policy.matrix[status][risk] !== "approve") continue;
      found.push({ path: ["matrix", status, risk], message: "nothing measured never approves" });
    }
  }
  for (const status of ["critical", "exhausted"] as const) {
    // Milder for a higher risk is found above: the lowest one speaks for the row.
    if (policy.matrix[status].low !== "approve") continue;
    const message = `a budget that is ${status} never approves by itself`;
    found.push({ path: ["matrix", status, "low"], message });
  }
  for (const [name, floor] of Object.entries(policy.floors)) {
    if (rank(floor) > rank("defer"))
      found.push({ path: ["floors", name], message: "trouble makes it at least defer" });
  }
  if (!policy.incidentSeverities.includes("P1")) {
    found.push({ path: ["incidentSeverities"], message: "an open P1 always counts" });
  }
  if (policy.risk.cuts.mediumFrom >= policy.risk.cuts.highFrom) {
    found.push({ path: ["risk", "cuts", "highFrom"], message: "must be above mediumFrom" });
  }
  const steps = policy.risk.weights.lines;
  steps.forEach(({ from, points }, index) => {
    const before = steps[index - 1];
    if (before && from <= before.from) {
      found.push({ path: ["risk", "weights", "lines", index, "from"], message: "must ascend" });
    }
    if (before && points < before.points) {
      const message = "must not be fewer than for a smaller change";
      found.push({ path: ["risk", "weights", "lines", index, "points"], message });
    }
  });
  return found;
}
