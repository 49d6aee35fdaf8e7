import { clockUtc, listOf } from "#lib/domain/words/language.ts";
import { compareDecisions, type Decision } from "./decision.ts";
import type { GateFacts, SloFact } from "./facts.ts";
import type { GatePolicy } from "./policy.ts";
import { compareRisks, type Risk, riskOfScore, RISKS, type RiskScore } from "./risk.ts";
import { type Ruling, rule } from "./ruling.ts";

/** What has to come about for another decision; true by construction, for it was decided so. */
export interface Condition {
  decision: Decision;
  when: string;
}

/** What whoever releases can do about it. `decision` is null where the gate would have to be asked again. */
export interface Alternative {
  decision: Decision | null;
  how: string;
}

/** One thing that may change around a release. */
interface Lever {
  when: string;
  pull: (facts: GateFacts) => GateFacts;
}

const times = (rate: number | null) => (rate === null ? "unknown" : `${rate.toFixed(1)}x`);
const moment = (ms: number) => `${new Date(ms).toISOString().slice(0, 10)} ${clockUtc(ms)}`;

const HEALED = { status: "healthy", budgetRemainingRatio: 1, burnRate6h: 0 } as const;

/** A lever per reason; each is worded as what has to be seen, not as what has to be done. */
function leversOf(facts: GateFacts, { floors }: Ruling): Lever[] {
  const levers: Lever[] = [];
  const add = (when: string, change: Partial<GateFacts> | ((all: GateFacts) => Partial<GateFacts>)) =>
    levers.push({
      when,
      pull: (all) => ({ ...all, ...(typeof change === "function" ? change(all) : change) }),
    });
  const heal = (statuses: readonly string[]) => (all: GateFacts) => ({
    slos: (all.slos ?? []).map((slo) => (statuses.includes(slo.status) ? { ...slo, ...HEALED } : slo)),
  });
  const of = (statuses: readonly string[]) =>
    (facts.slos ?? []).filter(({ status }) => statuses.includes(status));
  const named = (slos: readonly SloFact[]) =>
    slos.map(({ key, burnRate6h }) => `${key} (now ${times(burnRate6h)})`);

  const burning = of(["attention", "warning", "critical"]);
  if (burning.length > 0) {
    const when = `the 6 h burn falls to 1.0x or less: ${listOf(named(burning))}`;
    add(when, heal(["attention", "warning", "critical"]));
  }
  const spent = of(["exhausted"]);
  if (spent.length > 0) {
    const keys = spent.map(({ key }) => key);
    add(`budget is left again and does not burn: ${listOf(keys)}`, heal(["exhausted"]));
  }
  const quiet = of(["no_traffic"]);
  if (quiet.length > 0) {
    add(`there is traffic, served well: ${listOf(quiet.map(({ key }) => key))}`, heal(["no_traffic"]));
  }
  const has = (kind: string) => floors.some((floor) => floor.kind === kind);
  const incidents = facts.openIncidents ?? [];
  if (has("incident")) {
    add(`resolved: ${listOf(incidents.map(({ id }) => id))}`, { openIncidents: [] });
  }
  const pages = facts.firingPages ?? [];
  if (has("page")) add(`no longer paging: ${listOf(pages.map(({ name }) => name))}`, { firingPages: [] });
  if (has("errors")) {
    add("the errors signal is no longer critical", ({ nowMs }) => ({
      errors: { level: "OK", asOfMs: nowMs },
    }));
  }
  const freezes = facts.freezes ?? [];
  if (has("freeze")) {
    const untilMs = Math.max(...freezes.map((freeze) => freeze.untilMs));
    add(`the freeze is over, ${moment(untilMs)}`, { freezes: [] });
  }
  if (has("missing")) add("what is missing is there, and healthy", dataArrives);
  return levers;
}

/** The facts as they would be if everything unread had been read and was well. */
function dataArrives(facts: GateFacts): Partial<GateFacts> {
  const { nowMs } = facts;
  const { errors, slos } = facts;
  const fresh = { evaluatedAtMs: nowMs, newestSampleMs: nowMs };
  const missing: SloFact = {
    ...{ sloId: "", key: "its SLO", version: 0, objective: 0, group: "{}", budgetRemainingMinutes: null },
    ...{ ...HEALED, ...fresh },
  };
  const arrived = (slo: SloFact): SloFact =>
    slo.status === "no_data" || slo.budgetRemainingRatio === null || slo.burnRate6h === null
      ? { ...slo, ...HEALED, ...fresh }
      : { ...slo, ...fresh };
  const unread = errors === null || errors.level === "UNKNOWN";
  return {
    slos: slos && slos.length > 0 ? slos.map(arrived) : [missing],
    errors: { level: unread ? "OK" : errors.level, asOfMs: nowMs },
    firingPages: facts.firingPages ?? [],
    openIncidents: facts.openIncidents ?? [],
    freezes: facts.freezes ?? [],
  };
}

/** The sets of levers by size: of two ways to the same decision the one with fewer ifs comes first. */
function subsets(levers: readonly Lever[]): Lever[][] {
  const all = Array.from({ length: 1 << levers.length }, (_, bits) =>
    levers.filter((_lever, index) => bits & (1 << index)),
  );
  return all.filter(({ length }) => length > 0).sort((a, b) => a.length - b.length);
}

/** What would have to be seen for a milder decision: for each, the fewest things that bring it about. */
export function conditionsOf(facts: GateFacts, policy: GatePolicy, ruling: Ruling): Condition[] {
  if (ruling.decision === "approve") return [];
  const found: Condition[] = [];
  for (const set of subsets(leversOf(facts, ruling))) {
    const { decision } = rule(
      set.reduce((all, { pull }) => pull(all), facts),
      policy,
      ruling.risk,
    );
    const known = found.some((one) => compareDecisions(one.decision, decision) >= 0);
    if (known || compareDecisions(decision, ruling.decision) <= 0) continue;
    found.push({ decision, when: listOf(set.map(({ when }) => when)) });
  }
  return found.sort((a, b) => compareDecisions(b.decision, a.decision));
}

const HOW_TO_SHED: Readonly<Record<string, string>> = {
  size: "release it in smaller parts",
  migration: "split off the schema migration",
  rollback: "prepare a rollback",
  "failed releases": "wait for releases that do not fail",
  time: "release while people are there to notice",
};

/** Which parts of the sum to shed, greatest first, until the score is that of a lower risk; null when none suffice. */
function shed({ parts, score }: RiskScore, risk: Risk, policy: GatePolicy): string[] | null {
  const ways: string[] = [];
  let left = score;
  for (const { input, points } of [...parts].sort((a, b) => b.points - a.points)) {
    if (compareRisks(riskOfScore(left, policy.risk.cuts), risk) <= 0) return ways;
    const way = HOW_TO_SHED[input];
    if (points <= 0 || way === undefined) continue;
    ways.push(`${way} (-${points})`);
    left -= points;
  }
  return compareRisks(riskOfScore(left, policy.risk.cuts), risk) <= 0 ? ways : null;
}

function byLowerRisk(facts: GateFacts, policy: GatePolicy, ruling: Ruling): Alternative[] {
  return RISKS.flatMap((risk) => {
    if (compareRisks(risk, ruling.risk.effective) >= 0) return [];
    const { decision } = rule(facts, policy, { ...ruling.risk, effective: risk });
    if (compareDecisions(decision, ruling.decision) <= 0) return [];
    const ways = shed(ruling.risk, risk, policy);
    if (ways === null) return [];
    const how = ways.length > 0 ? listOf(ways) : "the score alone says no more";
    return [{ decision, how: `a ${risk}-risk change: ${how}` }];
  });
}

/**
 * The share of traffic that may see the change first: if all of it fails for `canaryMinutes`, it costs no more than
 * `canaryCostRatio` of the error minutes left in the tightest budget (share x minutes = ratio x minutes left).
 */
function canary(facts: GateFacts, policy: GatePolicy): Alternative[] {
  const left = (facts.slos ?? []).map(({ budgetRemainingMinutes }) => budgetRemainingMinutes ?? 0);
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
