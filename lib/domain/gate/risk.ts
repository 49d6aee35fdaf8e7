/** How much a release may harm, from the least. */
export const RISKS = ["low", "medium", "high"] as const;
export type Risk = (typeof RISKS)[number];

/** What is known of a change; null is "not stated", which is not the same as "none". */
export interface RiskInputs {
  linesChanged: number | null;
  migration: boolean | null;
  rollbackReady: boolean | null;
  /** Services that call the changed one. */
  dependents: number | null;
  tier: string | null;
  /** Of the service, within 30 days. */
  releases: { failed: number; total: number } | null;
  /** When it goes out, in the policy's zone: 0 is Sunday. */
  localTime: { weekday: number; hour: number };
}

/** Points per input: policy data, so that a policy lab can turn every one of them. */
export interface RiskWeights {
  /** From so many lines on, so many points; in ascending order. */
  lines: readonly { from: number; points: number }[];
  linesUnstated: number;
  migration: number;
  migrationUnstated: number;
  /** Usually below zero: a way back makes a release safer. */
  rollbackReady: number;
  rollbackMissing: number;
  rollbackUnstated: number;
  perDependent: number;
  mostForDependents: number;
  tier: Readonly<Record<string, number>>;
  /** Points if every release of the last 30 days had failed. */
  allReleasesFailed: number;
  /** Outside the hours in which people are there to notice. */
  unattended: number;
  attendedHours: { zone: string; from: number; until: number; fridayUntil: number };
}

export interface RiskCuts {
  mediumFrom: number;
  highFrom: number;
}

/** One line of the sum, as a person reads it. */
export interface RiskPart {
  input: "size" | "migration" | "rollback" | "dependents" | "tier" | "failed releases" | "time";
  /** What was stated: "1,240 lines", "yes", "not stated". */
  stated: string;
  points: number;
}

export interface RiskScore {
  /** 0..100. */
  score: number;
  /** What the score alone says. */
  scored: Risk;
  declared: Risk | null;
  /** The higher of the two: nobody declares a release harmless. */
  effective: Risk;
  parts: RiskPart[];
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const UNSTATED = "not stated";

/** Negative when `a` is the lower risk. */
export function compareRisks(a: Risk, b: Risk): number {
  return RISKS.indexOf(a) - RISKS.indexOf(b);
}

/** The higher of two risks. */
export function higherRisk(a: Risk, b: Risk): Risk {
  return compareRisks(a, b) >= 0 ? a : b;
}

function size(lines: number | null, { lines: steps, linesUnstated }: RiskWeights): RiskPart {
  if (lines === null) return { input: "size", stated: UNSTATED, points: linesUnstated };
  const step = steps.findLast(({ from }) => lines >= from);
  return { input: "size", stated: `${lines.toLocaleString("en-US")} lines`, points: step?.points ?? 0 };
}

function yesOrNo(
  input: RiskPart["input"],
  stated: boolean | null,
  points: { yes: number; no: number; unstated: number },
): RiskPart {
  if (stated === null) return { input, stated: UNSTATED, points: points.unstated };
  return { input, stated: stated ? "yes" : "no", points: stated ? points.yes : points.no };
}

function dependents(count: number | null, weights: RiskWeights): RiskPart {
  if (count === null) return { input: "dependents", stated: UNSTATED, points: 0 };
  const points = Math.min(count * weights.perDependent, weights.mostForDependents);
  return { input: "dependents", stated: String(count), points };
}

function tierPart(tier: string | null, { tier: points }: RiskWeights): RiskPart {
  if (tier === null) return { input: "tier", stated: UNSTATED, points: 0 };
  return { input: "tier", stated: tier, points: Object.hasOwn(points, tier) ? (points[tier] ?? 0) : 0 };
}

function failedReleases(releases: RiskInputs["releases"], weights: RiskWeights): RiskPart {
  if (releases === null || releases.total === 0) {
    return { input: "failed releases", stated: "none in 30 d", points: 0 };
  }
  const { failed, total } = releases;
  const points = Math.round((weights.allReleasesFailed * failed) / total);
  return { input: "failed releases", stated: `${failed} of ${total} in 30 d`, points };
}

function time({ weekday, hour }: RiskInputs["localTime"], weights: RiskWeights): RiskPart {
  const { from, until, fridayUntil } = weights.attendedHours;
  const weekend = weekday === 0 || weekday === 6;
  const attended = !weekend && hour >= from && hour < (weekday === 5 ? fridayUntil : until);
  const stated = `${DAYS[weekday] ?? "?"} ${String(hour).padStart(2, "0")} h`;
  return { input: "time", stated, points: attended ? 0 : weights.unattended };
}

/** The risk that a score stands for. */
export function riskOfScore(score: number, { mediumFrom, highFrom }: RiskCuts): Risk {
  // What is no number is never low.
  if (score < mediumFrom) return "low";
  return score < highFrom ? "medium" : "high";
}

/** Scores a change from what was stated of it; the sum is held within 0..100. */
export function scoreRisk(
  inputs: RiskInputs,
  declared: Risk | null,
  { weights, cuts }: { weights: RiskWeights; cuts: RiskCuts },
): RiskScore {
  const { migration, migrationUnstated, rollbackReady, rollbackMissing, rollbackUnstated } = weights;
  const parts: RiskPart[] = [
    size(inputs.linesChanged, weights),
    yesOrNo("migration", inputs.migration, { yes: migration, no: 0, unstated: migrationUnstated }),
    yesOrNo("rollback", inputs.rollbackReady, {
      yes: rollbackReady,
      no: rollbackMissing,
      unstated: rollbackUnstated,
    }),
    dependents(inputs.dependents, weights),
    tierPart(inputs.tier, weights),
    failedReleases(inputs.releases, weights),
    time(inputs.localTime, weights),
  ];
  const sum = parts.reduce((total, { points }) => total + points, 0);
  const score = Math.min(100, Math.max(0, sum));
  const scored = riskOfScore(score, cuts);
  return { score, scored, declared, effective: declared ? higherRisk(scored, declared) : scored, parts };
}
