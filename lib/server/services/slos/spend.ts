import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import { type Spend, SpendQuery } from "#lib/contracts/slo-budgets.ts";
import { METRIC_PRESETS, type MetricNames, metricNames } from "#lib/domain/signals/presets.ts";
import { attributeSpend } from "#lib/domain/slo/budget/attribution.ts";
import { complement, decimal } from "#lib/domain/slo/decimal.ts";
import { type GroupLabels, labelsOfGroup } from "#lib/domain/slo/definition/groups.ts";
import { type Measure, numeratorForm } from "#lib/domain/slo/queries/measure.ts";
import type { Side } from "#lib/domain/slo/queries/sides.ts";
import { sumBetween } from "#lib/domain/slo/slots/prefix.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { Labels, QueryContext } from "#lib/server/query/types.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { incidentsOf, spendByIncident } from "./budget-incidents.ts";
import { type BudgetPlace, requirePlace } from "./budget-place.ts";
import { type BudgetReadings, readBudget } from "./budget-readings.ts";
import { measuredStates } from "./measured-states.ts";
import { divideHours, type HourSums, type PartColumns, partValue } from "./spend-parts.ts";
import {
  labelOfDimension,
  type SpendQuestion,
  spendQuestion,
  splittable,
  writeSplit,
} from "./spend-question.ts";

const HOUR_SECONDS = 3600;
const HOUR_SLOTS = 12;
const RECENT_SECONDS = 6 * HOUR_SECONDS;
const NAMED_PARTS = 10;

async function namesOf(service: string | null): Promise<MetricNames> {
  const entry = (await readCatalogue()).find(({ name }) => name === service);
  return entry ? metricNames(entry.metricPreset, entry.metricOverrides) : METRIC_PRESETS.prometheus;
}

/** What the ledger counted by the hour of the clock, from the window's first hour on. */
function hoursOf({ window, endSlot }: BudgetPlace, own: NonNullable<BudgetReadings["own"]>) {
  const { from } = window.soFar;
  const firstHour = Math.floor(from / HOUR_SLOTS);
  const count = Math.ceil(endSlot / HOUR_SLOTS) - firstHour;
  const hours = Array.from({ length: count }, (_, at): HourSums => {
    const start = (firstHour + at) * HOUR_SLOTS;
    return sumBetween(own.prefix, {
      from: Math.max(from, start),
      to: Math.min(endSlot, start + HOUR_SLOTS),
    });
  });
  return { firstHour, hours };
}

/** One question about a measure's parts, of one group. */
interface Split {
  context: QueryContext;
  measure: Measure;
  label: string;
  group: GroupLabels;
}

const isOfGroup = (labels: Labels, group: GroupLabels) =>
  Object.entries(group).every(([label, value]) => (labels[label] ?? "") === value);

/** Figures by part for hours `first` to `last`, placed at their index; other hours are not asked for. */
async function askHours(
  { context, measure, label, group }: Split,
  side: Side,
  firstHour: number,
  { first, last }: { first: number; last: number },
): Promise<Map<string, (number | null)[]>> {
  // An hour is asked for at its end; that of the hour under way lies ahead, and what there is of it counts.
  const { data } = await queryPlane().range(context, {
    expr: writeSplit(side, measure, label, HOUR_SECONDS),
    fromMs: (firstHour + first + 1) * HOUR_SECONDS * 1000,
    toMs: (firstHour + last + 1) * HOUR_SECONDS * 1000,
    stepSeconds: HOUR_SECONDS,
  });
  const parts = new Map<string, (number | null)[]>();
  for (const { labels, values } of data.series) {
    if (!isOfGroup(labels, group)) continue;
    const name = labels[label] ?? "";
    const column = parts.get(name) ?? Array<number | null>(first).fill(null);
    values.forEach((value, at) => {
      const before = column[first + at] ?? null;
      column[first + at] = value === null ? before : (before ?? 0) + value;
    });
    parts.set(name, column);
  }
  return parts;
}

async function askParts(
  split: Split,
  question: SpendQuestion,
  hours: readonly HourSums[],
  firstHour: number,
) {
  const spent = {
    first: hours.findIndex(({ bad }) => bad > 0),
    last: hours.findLastIndex(({ bad }) => bad > 0),
  };
  const whole = { first: 0, last: hours.length - 1 };
  const [numerators, totals] = await Promise.all([
    askHours(split, question.numerator, firstHour, spent),
    question.total && askHours(split, question.total, firstHour, whole),
  ]);
  const names = new Set([...numerators.keys(), ...(totals?.keys() ?? [])]);
  return new Map(
    [...names].map((name): [string, PartColumns] => [
      name,
      { numerator: numerators.get(name) ?? [], total: totals && (totals.get(name) ?? []) },
    ]),
  );
}

/** Burn rates of the newest six hours by part; empty where parts have no events of their own. */
async function askBurn(split: Split, question: SpendQuestion, target: number): Promise<Map<string, number>> {
  const { context, measure, label, group } = split;
  if (!question.total) return new Map();
  const ask = async (side: Side) => {
    const { data } = await queryPlane().instant(context, {
      expr: writeSplit(side, measure, label, RECENT_SECONDS),
    });
    const parts = new Map<string, number>();
    for (const { labels, value } of data) {
      if (value === null || !isOfGroup(labels, group)) continue;
      const name = labels[label] ?? "";
      parts.set(name, (parts.get(name) ?? 0) + value);
    }
    return parts;
  };
  const [numerators, totals] = await Promise.all([ask(question.numerator), ask(question.total)]);
  const rates = [...totals].flatMap(([name, all]): [string, number][] => {
    const { bad, total } = partValue(numeratorForm(measure), numerators.get(name), all);
    return total > 0 ? [[name, decimal(bad / total / complement(target))]] : [];
  });
  return new Map(rates);
}

/**
 * Who spent a budget over its window, by one label of the events. Two questions by the hour and two for the newest six
 * hours, whatever the window; hours in which nothing was spent are not asked for.
 * @throws `not_found`, `invalid`, `unavailable`, and the source's refusal in its own words
 */
export async function getSpend(
  actor: Actor,
  input: unknown,
  { signal }: Pick<Caller, "signal">,
): Promise<Measured<Spend>> {
  authorize(actor, "slos:read");
  const query = parseInput(SpendQuery, input);
  const { place, readings, incidents } = await read(async (tx) => {
    const place = await requirePlace(tx, actor, query);
    const incidents = query.by === "incident" ? await incidentsOf(tx, actor, place, place.window.soFar) : [];
    return { place, incidents, readings: await readBudget(tx, place, place.window.soFar.from) };
  });
  const { definition, state, objective } = place;
  const { budget } = state.evaluated;
  const { by } = query;
  const label = by === "incident" ? by : labelOfDimension(by, await namesOf(definition.service));
  const answer = (spend: Pick<Spend, "parts" | "query" | "unsplittableReason">) =>
    measuredStates<Spend>({ by, label, ...spend }, [state], Date.now());
  if (by === "incident" && readings.own) {
    const parts = spendByIncident(incidents, place, readings);
    return answer({ parts, query: "", unsplittableReason: null });
  }
  const found = splittable(definition);
  if ("reason" in found || !readings.own) {
    const reason = "reason" in found ? found.reason : "There are no slots to split.";
    return answer({ parts: [], query: "", unsplittableReason: reason });
  }
  const { measure } = found;
  const question = spendQuestion(measure, label);
  const sides = [question.numerator, ...(question.total ? [question.total] : [])];
  const expr = sides.map((side) => writeSplit(side, measure, label, HOUR_SECONDS)).join("\n\n");
  const { firstHour, hours } = hoursOf(place, readings.own);
  if (!hours.some(({ bad }) => bad > 0)) return answer({ parts: [], query: expr, unsplittableReason: null });
  const split: Split = { context: { actor, signal }, measure, label, group: labelsOfGroup(state.groupKey) };
  const [parts, burn] = await Promise.all([
    askParts(split, question, hours, firstHour),
    askBurn(split, question, objective.target),
  ]);
  const shares = attributeSpend(
    divideHours(hours, parts, numeratorForm(measure)),
    { bad: budget.bad ?? 0, budgetConsumedRatio: budget.budgetConsumedRatio },
    NAMED_PARTS,
  );
  return answer({
    parts: shares.map((one) => ({
      ...one,
      burnRate: one.name === null ? null : (burn.get(one.name) ?? null),
    })),
    query: expr,
    unsplittableReason: null,
  });
}
