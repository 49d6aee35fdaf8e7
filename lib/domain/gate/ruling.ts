import { compareSloStatus, type SloStatus } from "#lib/domain/slo/status/axes.ts";
import { atLeast, type Decision, strictest } from "./decision.ts";
import { finite, type GateFacts, missingFacts, type SloFact, whyUntrusted } from "./facts.ts";
import type { GatePolicy, TierRules } from "./policy.ts";
import { higherRisk, type Risk, type RiskScore, scoreRisk } from "./risk.ts";

/** What one SLO says to the release. */
export interface Cell {
  slo: SloFact;
  decision: Decision;
  /** Why its figures approve nothing; null when they are fresh and whole. */
  untrusted: string | null;
}

/** Trouble around the service that is no matter of budgets. */
export interface Floor {
  kind: "incident" | "page" | "errors" | "freeze" | "rejected" | "missing";
  decision: Decision;
  text: string;
}

/** A decision with what led to it, before any words about what would change it. */
export interface Ruling {
  decision: Decision;
  /** The worst status of the SLOs; `insufficient_data` where it is what is missing that decides. */
  status: SloStatus | "insufficient_data";
  risk: RiskScore;
  cells: Cell[];
  floors: Floor[];
  /** What the budgets alone say, before spending was agreed to. */
  budgets: Decision;
  spendingUsed: boolean;
  /** The SLO that has used up what was agreed to, or that nobody knows it of; null where there is none. */
  spentBy: Cell | null;
  laneUsed: boolean;
}

/** The rules of a tier. */
export function tierRules(policy: GatePolicy, tier: string | null): TierRules {
  const own = tier !== null && Object.hasOwn(policy.tiers, tier) ? policy.tiers[tier] : undefined;
  return own ?? policy.otherTiers;
}

/** The risk of a release: its score, what was declared, and the least its tier allows, whichever is highest. */
export function riskOf(facts: GateFacts, policy: GatePolicy): RiskScore {
  const risk = scoreRisk(facts.risk, facts.declaredRisk, policy.risk);
  const { leastRisk } = tierRules(policy, facts.tier);
  return { ...risk, effective: higherRisk(risk.effective, leastRisk) };
}

function toCell(slo: SloFact, risk: Risk, facts: GateFacts, policy: GatePolicy): Cell {
  const untrusted = whyUntrusted(slo, facts.nowMs);
  const decision = policy.matrix[slo.status][risk];
  return { slo, untrusted, decision: untrusted === null ? decision : atLeast(decision, "review") };
}

/** The open incidents that the policy counts. */
export function countedIncidents({ openIncidents }: GateFacts, policy: GatePolicy) {
  return (openIncidents ?? []).filter(({ severity }) => policy.incidentSeverities.includes(severity));
}

function floorsOf(facts: GateFacts, policy: GatePolicy): Floor[] {
  const incidents = countedIncidents(facts, policy).map(({ id, severity, title }): Floor => {
    const text = `${severity} ${id} is open: ${title}`;
    return { kind: "incident", decision: policy.floors.openIncident, text };
  });
  const pages = (facts.firingPages ?? []).map(({ name }): Floor => {
    return { kind: "page", decision: policy.floors.firingPage, text: `${name} is paging` };
  });
  const freezes = (facts.freezes ?? []).map(({ name, untilMs }): Floor => {
    const text = `frozen: ${name}, until ${new Date(untilMs).toISOString()}`;
    return { kind: "freeze", decision: "block", text };
  });
  const rejected = [facts.rejectedAtMs ?? null].flatMap((ms): Floor[] => {
    if (ms === null) return [];
    const text = `a person said no to this commit on ${new Date(ms).toISOString()}`;
    return [{ kind: "rejected", decision: "block", text }];
  });
  const errors: Floor[] =
    facts.errors?.level === "CRITICAL"
      ? [{ kind: "errors", decision: policy.floors.criticalErrors, text: "its errors signal is critical" }]
      : [];
  const missing = missingFacts(facts).map((text): Floor => ({ kind: "missing", decision: "review", text }));
  return [...incidents, ...pages, ...errors, ...freezes, ...rejected, ...missing];
}

/** How much more of a budget may be spent now; 0 where nothing was agreed to, or no longer. */
function agreedRatio({ spending, nowMs }: GateFacts): number {
  if (spending === null) return 0;
  const [amount, untilMs] = [finite(spending.amountRatio), finite(spending.untilMs)];
  return amount !== null && untilMs !== null && nowMs < untilMs ? Math.max(0, amount) : 0;
}

/**
 * Whether a budget is within what was agreed: a whole one and so much more of it. What is left of an overspent budget is
 * below zero; one that is not known is within nothing.
 */
function isWithin({ slo }: Cell, agreed: number): boolean {
  const left = finite(slo.budgetRemainingRatio);
  return left !== null && left > -agreed;
}

function laneHolds({ lane }: GateFacts, policy: GatePolicy): boolean {
  return lane !== null && lane.refusedBecause === null && policy.lanes.includes(lane.lane);
}

function statusOf(cells: readonly Cell[], floors: readonly Floor[], decision: Decision): Ruling["status"] {
  const worst = cells.map(({ slo }) => slo.status).sort(compareSloStatus)[0];
  const missing = floors.some(({ kind }) => kind === "missing");
  return worst === undefined || (missing && decision === "review") ? "insufficient_data" : worst;
}

/**
 * Rules on a release (DOMAIN 5): every SLO is looked up in the matrix, trouble and freezes set floors, agreed spending
 * eases what budgets alone deferred until it is used up, a proven lane turns block and defer into review. What is missing never approves.
 */
export function rule(facts: GateFacts, policy: GatePolicy, risk = riskOf(facts, policy)): Ruling {
  const cells = (facts.slos ?? []).map((slo) => toCell(slo, risk.effective, facts, policy));
  const floors = floorsOf(facts, policy);
  const budgets = strictest(cells.map(({ decision }) => decision));
  const agreed = agreedRatio(facts);
  const deferring =
    budgets === "defer" && agreed > 0 ? cells.filter(({ decision }) => decision === budgets) : [];
  const spentBy = deferring.find((cell) => !isWithin(cell, agreed)) ?? null;
  const spendingUsed = deferring.length > 0 && spentBy === null;
  const strict = strictest([spendingUsed ? "review" : budgets, ...floors.map(({ decision }) => decision)]);
  const laneUsed = (strict === "block" || strict === "defer") && laneHolds(facts, policy);
  const decision = laneUsed ? "review" : strict;
  return {
    decision,
    status: statusOf(cells, floors, decision),
    risk,
    cells,
    floors,
    budgets,
    spendingUsed,
    spentBy,
    laneUsed,
  };
}
