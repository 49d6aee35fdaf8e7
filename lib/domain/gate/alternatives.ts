import { listOf } from "#lib/domain/words/language.ts";
import { compareDecisions, type Decision } from "./decision.ts";
import { finite, type GateFacts } from "./facts.ts";
import type { GatePolicy } from "./policy.ts";
import { compareRisks, type Risk, type RiskInputs, RISKS, type RiskWeights, scoreRisk } from "./risk.ts";
import { type Ruling, riskOf, rule } from "./ruling.ts";

/** What whoever releases can do about it. `decision` is null where the gate would have to be asked again. */
export interface Alternative {
  decision: Decision | null;
  how: string;
}

/** One thing that makes a change less risky, and what it takes off the sum. */
interface Way {
  how: string;
  saves: number;
  change: Partial<RiskInputs>;
}

/** Of all sizes the one with the fewest points, the smallest of several. */
function mildestSize({ lines }: RiskWeights): number {
  const sizes = [{ from: 0, points: lines[0]?.from === 0 ? lines[0].points : 0 }, ...lines];
  return sizes.reduce((best, step) => (step.points < best.points ? step : best)).from;
}

/** What can be done about each input, the most effective first. */
function waysOf({ risk }: GateFacts, policy: GatePolicy): Way[] {
  const { weights } = policy.risk;
  const points = (inputs: RiskInputs) =>
    scoreRisk(inputs, null, policy.risk).parts.reduce((sum, part) => sum + part.points, 0);
  const now = points(risk);
  const way = (how: string, change: Partial<RiskInputs>): Way => ({
    how,
    saves: now - points({ ...risk, ...change }),
    change,
  });
  return [
    way("release it in smaller parts", { linesChanged: mildestSize(weights) }),
    way("split off the schema migration", { migration: false }),
    way("prepare a rollback", { rollbackReady: true }),
    way("wait for releases that do not fail", { releases: null }),
    way("release while people are there to notice", {
      localTime: { weekday: 1, hour: weights.attendedHours.from },
    }),
  ]
    .filter(({ saves }) => saves > 0)
    .sort((a, b) => b.saves - a.saves);
}

/** The change as it would have to be to count as a risk, and how; null where nothing makes it so. */
function shrink(facts: GateFacts, risk: Risk, policy: GatePolicy): { facts: GateFacts; how: string } | null {
  const { declaredRisk } = facts;
  const overstated = declaredRisk !== null && compareRisks(declaredRisk, risk) > 0;
  const hows: string[] = [];
  let shrunk: GateFacts = overstated ? { ...facts, declaredRisk: risk } : facts;
  const suffices = () => compareRisks(riskOf(shrunk, policy).effective, risk) <= 0;
  for (const { how, saves, change } of waysOf(facts, policy)) {
    if (suffices()) break;
    hows.push(`${how} (-${saves})`);
    shrunk = { ...shrunk, risk: { ...shrunk.risk, ...change } };
  }
  if (!suffices()) return null;
  const all = [...hows, ...(overstated ? [`a new commit declared ${risk}, not ${declaredRisk}`] : [])];
  return { facts: shrunk, how: `a ${risk}-risk change: ${listOf(all)}` };
}

/** Smaller changes that fare better; the least that has to be done first. */
function byLowerRisk(facts: GateFacts, policy: GatePolicy, ruling: Ruling): Alternative[] {
  const found: { decision: Decision; how: string }[] = [];
  for (const risk of [...RISKS].reverse()) {
    if (compareRisks(risk, ruling.risk.effective) >= 0) continue;
    const smaller = shrink(facts, risk, policy);
    if (smaller === null) continue;
    const { decision } = rule(smaller.facts, policy);
    const best = found.at(-1)?.decision ?? ruling.decision;
    if (compareDecisions(decision, best) > 0) found.push({ decision, how: smaller.how });
  }
  return found;
}

/**
 * The share of traffic that may see the change first: if all of it fails for `canaryMinutes`, it costs no more than
 * `canaryCostRatio` of the error minutes left in the tightest budget (share x minutes = ratio x minutes left).
 */
function canary(facts: GateFacts, policy: GatePolicy): Alternative[] {
  const left = (facts.slos ?? []).map(({ budgetRemainingMinutes }) => finite(budgetRemainingMinutes) ?? 0);
  const least = left.length > 0 ? Math.min(...left) : 0;
  const share = Math.min(1, (least * policy.canaryCostRatio) / policy.canaryMinutes);
  if (!(share >= 0.001)) return [];
  const percent = share >= 0.01 ? Math.floor(share * 100) : Math.floor(share * 1000) / 10;
  const cost = Math.round(policy.canaryCostRatio * 100);
  const how = `a canary of at most ${percent} % for ${policy.canaryMinutes} min: failing wholly, it costs ${cost} % of what is left`;
  return [{ decision: null, how }];
}

/** What can be done about a decision that is not an approval: a smaller change, a canary, agreed spending. */
export function alternativesOf(facts: GateFacts, policy: GatePolicy, ruling: Ruling): Alternative[] {
  if (ruling.decision === "approve") return [];
  const spending = { id: "", amountRatio: 1, approvedBy: "", untilMs: facts.nowMs + 1 };
  const agreed = rule({ ...facts, spending }, policy, ruling.risk);
  const eased = agreed.spendingUsed && compareDecisions(agreed.decision, ruling.decision) > 0;
  const spend: Alternative[] = eased
    ? [{ decision: agreed.decision, how: "the product owner agrees to spend more of the budget" }]
    : [];
  return [...byLowerRisk(facts, policy, ruling), ...spend, ...canary(facts, policy)];
}
