import "server-only";
import type { Budget } from "#lib/contracts/slo-budgets.ts";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { type TierInForce, tiersInForce } from "#lib/domain/slo/alerts/tiers.ts";
import { lookBacksOf, slotsOfLookBack, writeLookBack } from "#lib/domain/slo/budget/look-backs.ts";
import { type Reading, readingOf } from "#lib/domain/slo/budget/reading.ts";
import { labelsOfGroup, WHOLE } from "#lib/domain/slo/definition/groups.ts";
import { writeWindow } from "#lib/domain/slo/definition/windows.ts";
import { compositeReading } from "#lib/domain/slo/journeys/composite.ts";
import { countsEvents } from "#lib/domain/slo/queries/measure.ts";
import type { SlotRange } from "#lib/domain/slo/slots/slot.ts";
import { NO_SUMS, settle } from "#lib/domain/slo/slots/sums.ts";
import { evaluateObjective, type ObjectiveEvaluation } from "#lib/domain/slo/status/evaluate-objective.ts";
import { type HeldStatus, holdStatus } from "#lib/domain/slo/status/hold.ts";
import { type EvaluationSums, stateKey, type StateRecord } from "#lib/server/db/slo-state.repo.ts";
import type { EvaluationTime, SloInForce } from "./in-force.ts";
import type { LedgerSource } from "./source.ts";

/** Readings by look-back of one group, wherever they come from. */
interface Readings {
  group: string;
  newestSampleMs: number | null;
  silenced: boolean;
  historyPending: boolean;
  openSlot: { slot: number; bad: number; total: number } | null;
  over: (range: SlotRange) => Reading;
  /** The newest five minutes, to the second. */
  live: Reading | null;
}

const LIVE_MINUTES = 5;

/** The ledger, and what of it is still being fetched. */
interface Sources {
  source: LedgerSource;
  fetching: ReadonlySet<string>;
}

function readingsOf(
  slo: SloInForce,
  group: string,
  { source, fetching }: Sources,
  time: EvaluationTime,
): Readings {
  const { definition } = slo;
  const entry = source.entry(slo, group);
  const now = entry.now;
  const live = now?.live;
  return {
    group,
    newestSampleMs: now?.newestSampleMs ?? null,
    silenced: entry.silenced,
    historyPending: slo.measureId !== null && fetching.has(slo.measureId),
    openSlot: now?.open ? { slot: time.openSlot, ...now.open } : null,
    over: (range) => readingOf(settle(entry.sums(range), definition.onMissing)),
    live:
      live && !entry.silenced ? readingOf({ ...live, coveredSlots: 1, excludedSlots: 0, slots: 1 }) : null,
  };
}

interface JourneyStep {
  slo: SloInForce | undefined;
  weight: number;
  onCriticalPath: boolean;
}

const NOTHING = readingOf(NO_SUMS);

/** A journey reads its steps, each by its own rules; it is as old as its oldest step. */
function journeyReadings(
  { definition }: SloInForce,
  steps: readonly JourneyStep[],
  sources: Sources,
  time: EvaluationTime,
): Readings {
  const { sli } = definition;
  if (sli.kind !== "composite") throw new RangeError("not a journey");
  const read = steps.map(({ slo, ...step }) => ({
    ...step,
    readings: slo && readingsOf(slo, WHOLE, sources, time),
  }));
  const newest = read.map(({ readings }) => readings?.newestSampleMs ?? null);
  const known = newest.filter((one) => one !== null);
  const combine = (of: (readings: Readings) => Reading | null): Reading =>
    compositeReading(
      sli.combine,
      read.map(({ readings, weight, onCriticalPath }) => ({
        reading: (readings && of(readings)) ?? NOTHING,
        weight,
        onCriticalPath,
      })),
    );
  return {
    group: WHOLE,
    newestSampleMs: known.length === newest.length && known.length > 0 ? Math.min(...known) : null,
    silenced: read.some(({ readings }) => readings?.silenced === true),
    historyPending: read.some(({ readings }) => readings?.historyPending === true),
    openSlot: null,
    over: (range) => combine(({ over }) => over(range)),
    live: read.every(({ readings }) => readings?.live) ? combine(({ live }) => live) : null,
  };
}

interface Judged {
  evaluation: ObjectiveEvaluation;
  window: Reading;
  sums: EvaluationSums[];
}

function sumsEntry(lookBack: string, { from, to }: SlotRange, reading: Reading): EvaluationSums {
  const { bad, total, coveredSlots, excludedSlots } = reading;
  return { lookBack, from, to, bad, total, coveredSlots, excludedSlots };
}

function judge(
  slo: SloInForce,
  objective: SloDefinition["objectives"][number],
  readings: Readings,
  tiers: readonly TierInForce[],
  time: EvaluationTime,
): Judged {
  const now = time.windowNow(objective.window);
  const window = readings.over(now.soFar);
  const to = time.openSlot + 1;
  const ranges = lookBacksOf(tiers).map((minutes): [number, SlotRange] => [
    minutes,
    slotsOfLookBack(minutes, to),
  ]);
  const lookBacks = new Map(
    ranges.map(([minutes, range]): [number, Reading] => [
      minutes,
      (minutes === LIVE_MINUTES ? readings.live : null) ?? readings.over(range),
    ]),
  );
  const evaluation = evaluateObjective({
    objective,
    nowMs: time.nowMs,
    now,
    newestSampleMs: readings.newestSampleMs,
    historyPending: readings.historyPending,
    window,
    lookBacks,
    tiers,
    minimumBadEvents: slo.definition.minimumBadEvents,
    countsEvents: countsEvents(slo.definition),
    silenced: readings.silenced,
  });
  const sums = ranges.flatMap(([minutes, range]) => {
    const reading = lookBacks.get(minutes);
    return reading ? [sumsEntry(writeLookBack(minutes), range, reading)] : [];
  });
  return { evaluation, window, sums: [...sums, sumsEntry("window", now.soFar, window)] };
}

function toBudget(
  index: number,
  objective: SloDefinition["objectives"][number],
  { evaluation, window }: Judged,
  tiers: readonly TierInForce[],
  shown: { held: HeldStatus; readings: Readings },
): Budget {
  const { budget, exhaustion, axes } = evaluation;
  return {
    objective: index,
    target: objective.target,
    window: writeWindow(objective.window),
    group: labelsOfGroup(shown.readings.group),
    status: shown.held.shown,
    since: new Date(shown.held.sinceMs).toISOString(),
    lowTraffic: axes.lowTraffic,
    ...budget,
    ...exhaustion,
    paceRatio: evaluation.paceRatio,
    errorRatio: evaluation.errorRatio,
    burnRate: evaluation.burnRate,
    sustainedBurnRate: evaluation.sustainedBurnRate,
    bad: window.coveredSlots > 0 ? window.bad : null,
    total: window.coveredSlots > 0 ? window.total : null,
    coverage: evaluation.coverage,
    tiers: evaluation.tiers.flatMap((state) => {
      const tier = tiers.find(({ key }) => key === state.key);
      return tier ? [{ ...tier, ...state }] : [];
    }),
    silenced: shown.readings.silenced,
  };
}

/** What the last look left behind, by state key. */
export type HeldStatuses = ReadonlyMap<string, HeldStatus>;

/** The tiers of a version never change, and a thousand of them are asked for at each look. */
const TIERS = new WeakMap<SloDefinition, readonly TierInForce[][]>();

function tiersOf(definition: SloDefinition): readonly TierInForce[][] {
  const known = TIERS.get(definition);
  if (known) return known;
  const tiers = definition.objectives.map(({ target, window }) =>
    tiersInForce(definition.alertTiers, target, window),
  );
  TIERS.set(definition, tiers);
  return tiers;
}

function allReadings(
  slo: SloInForce,
  byKey: ReadonlyMap<string, SloInForce>,
  sources: Sources,
  time: EvaluationTime,
): Readings[] {
  const { sli } = slo.definition;
  if (sli.kind !== "composite")
    return sources.source.groupsOf(slo).map((group) => readingsOf(slo, group, sources, time));
  const steps = sli.steps.map(({ slo: key, weight = 0, onCriticalPath }) => ({
    slo: byKey.get(key),
    weight,
    onCriticalPath,
  }));
  return [journeyReadings(slo, steps, sources, time)];
}

/**
 * Evaluates SLOs from the ledger: each objective of each group, with the status it held before. The cost depends
 * neither on the length of the windows nor on the source. A measure whose history is still being fetched says nothing yet.
 * @param fetching the ids of such measures
 */
export function evaluateSlos(
  slos: readonly SloInForce[],
  source: LedgerSource,
  held: HeldStatuses,
  time: EvaluationTime,
  fetching: ReadonlySet<string> = new Set(),
): StateRecord[] {
  const byKey = new Map(slos.map((slo) => [slo.key, slo]));
  const evaluatedAt = new Date(time.nowMs);
  return slos.flatMap((slo) => {
    const tiers = tiersOf(slo.definition);
    return allReadings(slo, byKey, { source, fetching }, time).flatMap((readings) =>
      slo.definition.objectives.map((objective, index): StateRecord => {
        const place = { sloId: slo.id, objective: index, groupKey: readings.group };
        const ofObjective = tiers[index] ?? [];
        const judged = judge(slo, objective, readings, ofObjective, time);
        const periodStartMs = time.windowNow(objective.window).period?.startMs ?? null;
        const before = held.get(stateKey(place)) ?? null;
        const status = holdStatus(before, judged.evaluation.axes, time.nowMs, periodStartMs);
        const budget = toBudget(index, objective, judged, ofObjective, { held: status, readings });
        const { openSlot, newestSampleMs } = readings;
        const evaluated = { budget, sums: judged.sums, openSlot, newestSampleMs };
        return { ...place, version: slo.version, status: status.shown, evaluated, held: status, evaluatedAt };
      }),
    );
  });
}
