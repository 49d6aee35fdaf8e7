import { listOf } from "#lib/domain/words/language.ts";
import { type Alternative, alternativesOf } from "./alternatives.ts";
import type { Decision } from "./decision.ts";
import { finite, type GateFacts } from "./facts.ts";
import { type Condition, conditionsOf } from "./outlook.ts";
import type { GatePolicy } from "./policy.ts";
import type { RiskScore } from "./risk.ts";
import { type Cell, type Floor, type Ruling, rule } from "./ruling.ts";

/** The gate's answer, with its reasons and what would change it. */
export interface Verdict {
  decision: Decision;
  status: Ruling["status"];
  risk: RiskScore;
  rationale: string[];
  conditions: Condition[];
  alternatives: Alternative[];
  cells: Cell[];
  floors: Floor[];
  laneUsed: boolean;
}

/** Facts made in process may hold NaN where their record holds null: both read alike. */
function figure(value: number | null, write: (known: number) => string): string {
  const known = finite(value);
  return known === null ? "unknown" : write(known);
}
const percent = (ratio: number | null) => figure(ratio, (known) => `${(known * 100).toFixed(1)} %`);
const times = (rate: number | null) => figure(rate, (known) => `${known.toFixed(1)}x`);

function cellWords({ slo, decision, untrusted }: Cell, risk: string): string {
  if (untrusted !== null) return `${slo.key} ${untrusted}: ${decision}`;
  const { status, burnRate6h, budgetRemainingRatio } = slo;
  if (status === "no_traffic") return `${slo.key} has no traffic: ${decision}`;
  return `${slo.key} is ${status}, burns ${times(burnRate6h)} over 6 h and has ${percent(budgetRemainingRatio)} of its budget left: ${status} x ${risk} = ${decision}`;
}

function riskWords({ score, scored, declared, effective }: RiskScore): string {
  const parts = [`scored ${score} of 100 (${scored})`, ...(declared ? [`declared ${declared}`] : [])];
  return `risk is ${effective}: ${listOf(parts)}`;
}

function laneWords({ lane }: GateFacts, { laneUsed }: Ruling): string[] {
  if (lane === null) return [];
  const name = lane.lane.replace("_", " ");
  if (lane.refusedBecause !== null) return [`not in the ${name} lane: ${lane.refusedBecause}`];
  return laneUsed ? [`the ${name} lane (${lane.evidence}) makes it a review`] : [];
}

function spendingWords({ spending }: GateFacts, { spendingUsed, spentBy }: Ruling): string[] {
  if (spendingUsed) return ["its product owner agreed to more spending: review"];
  if (spentBy === null || spending === null) return [];
  const { key, budgetRemainingRatio } = spentBy.slo;
  return [
    `${percent(spending.amountRatio)} more were agreed to and are used up: ${key} has ${percent(budgetRemainingRatio)} left`,
  ];
}

/** A figure that is missing and asks for no more than a review: what is missing is said once, on its own. */
const isSaidAsMissing = ({ untrusted, decision }: Cell) => untrusted !== null && decision === "review";

function cellsTold({ cells, budgets, risk }: Ruling): string[] {
  const told = cells.filter((cell) => !isSaidAsMissing(cell));
  // Of two hundred groups nobody reads the healthy ones, unless all are.
  const shown = told.filter(({ decision }) => decision === budgets).slice(0, 5);
  const rest = shown.length === 0 ? 0 : told.length - shown.length;
  return [
    ...shown.map((cell) => cellWords(cell, risk.effective)),
    ...(rest > 0 ? [`${rest} more of its objectives are no stricter`] : []),
  ];
}

/** What decides comes first. */
function rationaleOf(facts: GateFacts, ruling: Ruling): string[] {
  return [
    ...ruling.floors.map(({ text, decision, kind }) =>
      kind === "missing" ? text : `${text}: at least ${decision}`,
    ),
    ...cellsTold(ruling),
    riskWords(ruling.risk),
    ...spendingWords(facts, ruling),
    ...laneWords(facts, ruling),
  ];
}

/** What was decided, without the words that say so: those may be put better one day. */
export function substanceOf({ decision, status, risk, cells, floors, laneUsed }: Verdict) {
  return {
    decision,
    status,
    risk,
    cells: cells.map(({ slo, decision: says, untrusted }) => ({ slo, says, isTrusted: untrusted === null })),
    floors: floors.map(({ kind, decision: least }) => ({ kind, least })),
    laneUsed,
  };
}

/** Decides on a release: the same facts and policy give the same verdict, at any time. */
export function decide(facts: GateFacts, policy: GatePolicy): Verdict {
  const ruling = rule(facts, policy);
  const { decision, status, risk, cells, floors, laneUsed } = ruling;
  return {
    decision,
    status,
    risk,
    rationale: rationaleOf(facts, ruling),
    conditions: conditionsOf(facts, policy, ruling),
    alternatives: alternativesOf(facts, policy, ruling),
    cells,
    floors,
    laneUsed,
  };
}
