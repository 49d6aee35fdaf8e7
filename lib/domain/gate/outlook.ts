import { clockUtc, listOf } from "#lib/domain/words/language.ts";
import { compareDecisions, type Decision } from "./decision.ts";
import { finite, type GateFacts, hasFigures, type SloFact, whyUntrusted } from "./facts.ts";
import type { GatePolicy } from "./policy.ts";
import { countedIncidents, type Ruling, rule } from "./ruling.ts";

/** What has to come about for another decision; true by construction, for it was decided so. */
export interface Condition {
  decision: Decision;
  when: string;
}

/** One thing that may change around a release. */
interface Lever {
  when: string;
  pull: (facts: GateFacts) => GateFacts;
}

const times = (rate: number | null) => finite(rate)?.toFixed(1).concat("x") ?? "unknown";
const moment = (ms: number) => `${new Date(ms).toISOString().slice(0, 10)} ${clockUtc(ms)}`;

const HEALED = { status: "healthy", budgetRemainingRatio: 1, burnRate6h: 0 } as const;

/** A lever per reason; each is worded as what has to be seen, not as what has to be done. */
function leversOf(facts: GateFacts, policy: GatePolicy, { floors }: Ruling): Lever[] {
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
  if (has("incident")) {
    const ids = countedIncidents(facts, policy).map(({ id }) => id);
    add(`resolved: ${listOf(ids)}`, (all) => ({
      openIncidents: (all.openIncidents ?? []).filter(({ id }) => !ids.includes(id)),
    }));
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
    slo.status === "no_data" || !hasFigures(slo) ? { ...slo, ...HEALED, ...fresh } : { ...slo, ...fresh };
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

/**
 * One SLO of each kind that the matrix tells apart, the one with the least budget left: of two hundred groups every set
 * of levers would weigh all.
 */
function kindsOf(facts: GateFacts): GateFacts {
  if (facts.slos === null) return facts;
  const kindOf = (slo: SloFact) =>
    [slo.status, whyUntrusted(slo, facts.nowMs) === null, hasFigures(slo)].join();
  const left = ({ budgetRemainingRatio }: SloFact) => finite(budgetRemainingRatio) ?? 0;
  const leastLast = facts.slos.toSorted((a, b) => left(b) - left(a));
  return { ...facts, slos: [...new Map(leastLast.map((slo) => [kindOf(slo), slo])).values()] };
}

/** What would have to be seen for a milder decision: for each, the fewest things that bring it about. */
export function conditionsOf(facts: GateFacts, policy: GatePolicy, ruling: Ruling): Condition[] {
  if (ruling.decision === "approve") return [];
  const found: Condition[] = [];
  const kinds = kindsOf(facts);
  for (const set of subsets(leversOf(facts, policy, ruling))) {
    const { decision } = rule(
      set.reduce((all, { pull }) => pull(all), kinds),
      policy,
      ruling.risk,
    );
    const known = found.some((one) => compareDecisions(one.decision, decision) >= 0);
    if (known || compareDecisions(decision, ruling.decision) <= 0) continue;
    found.push({ decision, when: listOf(set.map(({ when }) => when)) });
  }
  return found.sort((a, b) => compareDecisions(b.decision, a.decision));
}
