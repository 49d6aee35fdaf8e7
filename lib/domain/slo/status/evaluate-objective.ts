import { evaluateTier, type TierState } from "../alerts/evaluate.ts";
import type { TierInForce } from "../alerts/tiers.ts";
import { type BudgetFigures, budgetFigures, coverageLabel, netWindowSlots } from "../budget/budget.ts";
import { type Exhaustion, paceRatio, timeToExhaustion } from "../budget/exhaustion.ts";
import { STATUS_LOOK_BACKS, writeLookBack } from "../budget/look-backs.ts";
import { burnRate, type Reading, sustainedBurnRate } from "../budget/reading.ts";
import { decimal } from "../decimal.ts";
import type { Objective } from "../definition/definition.ts";
import { nominalDays } from "../definition/windows.ts";
import type { WindowNow } from "../time/periods.ts";
import { type StatusAxes, statusAxes } from "./axes.ts";

/** All that is known of an objective (of one group) at an instant. */
export interface ObjectiveFacts {
  objective: Objective;
  nowMs: number;
  now: WindowNow;
  newestSampleMs: number | null;
  /** Older slots are still being fetched. */
  historyPending: boolean;
  /** Over W, as far as it lies behind. */
  window: Reading;
  /** By the look-back's minutes; those of `lookBacksOf` the tiers must be there. */
  lookBacks: ReadonlyMap<number, Reading>;
  tiers: readonly TierInForce[];
  minimumBadEvents: number;
  /** Whether events are counted, and not time slices: only events can be too few to judge. */
  countsEvents: boolean;
  /** Within an exclusion window: no tier fires. */
  silenced: boolean;
}

/** Every figure of an objective; `errorRatio` and `burnRate` by look-back ("6h"), and "window" for W. */
export interface ObjectiveEvaluation {
  budget: BudgetFigures;
  exhaustion: Exhaustion;
  paceRatio: number | null;
  errorRatio: Record<string, number | null>;
  burnRate: Record<string, number | null>;
  sustainedBurnRate: number | null;
  axes: StatusAxes;
  tiers: TierState[];
  /** "12 d of 30 d", or null when all slots so far have data. */
  coverage: string | null;
}

function lookBack(facts: ObjectiveFacts, minutes: number): Reading {
  const reading = facts.lookBacks.get(minutes);
  if (!reading) throw new RangeError(`no reading for the look-back of ${writeLookBack(minutes)}`);
  return reading;
}

function byLookBack(
  facts: ObjectiveFacts,
  figure: (reading: Reading) => number | null,
): Record<string, number | null> {
  const rows = [...facts.lookBacks].map(([minutes, reading]) => [writeLookBack(minutes), figure(reading)]);
  return Object.fromEntries([...rows, ["window", figure(facts.window)]]) as Record<string, number | null>;
}

function evaluateTiers(facts: ObjectiveFacts): TierState[] {
  const { objective, tiers, minimumBadEvents, countsEvents, silenced } = facts;
  return tiers.map((tier) => {
    const readings = { long: lookBack(facts, tier.longMinutes), short: lookBack(facts, tier.shortMinutes) };
    const fewest = countsEvents ? minimumBadEvents : null;
    const state = evaluateTier(tier, readings, objective.target, nominalDays(objective.window), fewest);
    return silenced ? { ...state, firing: false } : state;
  });
}

/** Evaluates an objective from sums alone, so its cost does not depend on the window's length. Throws a RangeError when a look-back is missing. */
export function evaluateObjective(facts: ObjectiveFacts): ObjectiveEvaluation {
  const { objective, now, window } = facts;
  const { target } = objective;
  const long = lookBack(facts, STATUS_LOOK_BACKS.longMinutes);
  const sustained = sustainedBurnRate(long, lookBack(facts, STATUS_LOOK_BACKS.shortMinutes), target);
  const budget = budgetFigures(window, target, now.slots);
  const netSlots = netWindowSlots(now.slots, window);
  const expectedSlots = now.soFar.to - now.soFar.from - window.excludedSlots;
  return {
    budget,
    exhaustion: timeToExhaustion(budget.budgetRemainingRatio, sustained, netSlots, now.secondsLeft),
    paceRatio: paceRatio(budget.budgetConsumedRatio, now.elapsedRatio),
    errorRatio: byLookBack(facts, ({ errorRatio }) => (errorRatio === null ? null : decimal(errorRatio))),
    burnRate: byLookBack(facts, (reading) => burnRate(reading, target)),
    sustainedBurnRate: sustained,
    axes: statusAxes({
      nowMs: facts.nowMs,
      newestSampleMs: facts.newestSampleMs,
      historyPending: facts.historyPending,
      window,
      budgetRemainingRatio: budget.budgetRemainingRatio,
      sustainedBurnRate: sustained,
      badEventsIn6h: facts.countsEvents ? long.bad : null,
    }),
    tiers: evaluateTiers(facts),
    coverage: coverageLabel(window.coveredSlots, expectedSlots),
  };
}
