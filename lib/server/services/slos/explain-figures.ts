import "server-only";
import type { Budget, Explanation } from "#lib/contracts/slo-budgets.ts";
import { complement, writeWorked } from "#lib/domain/slo/decimal.ts";
import { nominalDays, type SloWindow } from "#lib/domain/slo/definition/windows.ts";
import { SLOT_MINUTES } from "#lib/domain/slo/slots/slot.ts";
import type { WindowNow } from "#lib/domain/slo/time/periods.ts";
import type { EvaluationSums } from "#lib/server/db/slo-state.repo.ts";

type Figure = Explanation["figures"][number];

/** What the formulas are filled with. */
export interface ExplainedBudget {
  budget: Budget;
  sums: readonly EvaluationSums[];
  window: WindowNow;
  sloWindow: SloWindow;
  /** How a journey combines its steps over a look-back, in figures; null for what counts itself. */
  combined: { formula: string; worked: (sums: EvaluationSums) => string } | null;
}

const write = (value: number | null | undefined): string =>
  value === null || value === undefined ? "no data" : writeWorked(value);

function sumsOver({ sums }: ExplainedBudget, lookBack: string): EvaluationSums | undefined {
  return sums.find((one) => one.lookBack === lookBack);
}

/** The error ratio of a look-back as it is worked out. */
function ratioIn(facts: ExplainedBudget, lookBack: string): { formula: string; worked: string } {
  const sums = sumsOver(facts, lookBack);
  if (facts.combined) {
    return { formula: facts.combined.formula, worked: sums ? facts.combined.worked(sums) : "no data" };
  }
  return { formula: "bad / total", worked: sums ? `${write(sums.bad)} / ${write(sums.total)}` : "no data" };
}

/** W without exclusions, and the part of it that has data, in slots. */
function windowOf(facts: ExplainedBudget): { net: string; covered: string; minutes: string } {
  const sums = sumsOver(facts, "window");
  const net = facts.window.slots - (sums?.excludedSlots ?? 0);
  const covered = Math.min(net, sums?.coveredSlots ?? 0);
  return { net: write(net), covered: write(covered), minutes: write(net * SLOT_MINUTES) };
}

function consumed(facts: ExplainedBudget): Figure {
  const { budget } = facts;
  const { net, covered } = windowOf(facts);
  const b = write(complement(budget.target));
  const shared = { name: "budgetConsumedRatio", value: budget.budgetConsumedRatio, unit: "ratio" } as const;
  if (facts.combined) {
    const worked = `${write(budget.errorRatio.window)} * ${covered} / ${net} / ${b}`;
    return { ...shared, formula: "e(W) * covered / W / B", worked };
  }
  const worked = `${write(budget.bad)} / (${b} * ${write(budget.total)} * ${net} / ${covered})`;
  return { ...shared, formula: "bad / (B * total * W / covered)", worked };
}

function remaining(facts: ExplainedBudget): Figure[] {
  const { budget } = facts;
  const { net, covered, minutes } = windowOf(facts);
  const b = write(complement(budget.target));
  const left = write(budget.budgetRemainingRatio);
  const events: Figure = {
    name: "budgetRemainingEvents",
    formula: "B * total * W / covered - bad",
    worked: `${b} * ${write(budget.total)} * ${net} / ${covered} - ${write(budget.bad)}`,
    value: budget.budgetRemainingEvents,
    unit: "events",
  };
  return [
    {
      name: "budgetRemainingRatio",
      formula: "1 - consumed",
      worked: `1 - ${write(budget.budgetConsumedRatio)}`,
      value: budget.budgetRemainingRatio,
      unit: "ratio",
    },
    ...(facts.combined ? [] : [events]),
    {
      name: "budgetRemainingMinutes",
      formula: "remaining * W * B",
      worked: `${left} * ${minutes} * ${b}`,
      value: budget.budgetRemainingMinutes,
      unit: "minutes",
    },
  ];
}

function burnRates(facts: ExplainedBudget): Figure[] {
  const { budget, sums } = facts;
  const b = write(complement(budget.target));
  const rates = sums.map(({ lookBack }): Figure => {
    const { formula, worked } = ratioIn(facts, lookBack);
    return {
      name: `burnRate{${lookBack}}`,
      formula: facts.combined ? `(${formula}) / B` : `${formula} / B`,
      worked: facts.combined ? `(${worked}) / ${b}` : `${worked} / ${b}`,
      value: budget.burnRate[lookBack] ?? null,
      unit: "rate",
    };
  });
  const sustained: Figure = {
    name: "sustainedBurnRate",
    formula: "min(burnRate 6h, burnRate 30m)",
    worked: `min(${write(budget.burnRate["6h"])}, ${write(budget.burnRate["30m"])})`,
    value: budget.sustainedBurnRate,
    unit: "rate",
  };
  return [...rates, sustained];
}

function outlook(facts: ExplainedBudget): Figure[] {
  const { budget, window } = facts;
  const seconds = write((facts.window.slots - (sumsOver(facts, "window")?.excludedSlots ?? 0)) * 300);
  const left = budget.budgetRemainingRatio;
  const gone = left !== null && left <= 0;
  const time: Figure = {
    name: "timeToExhaustionSeconds",
    formula:
      "remaining * W / min(burnRate 6h, burnRate 30m); 0 when nothing is left; lasts when it passes W or the period's end",
    worked: gone ? "0" : `${write(left)} * ${seconds} / ${write(budget.sustainedBurnRate)}`,
    value: budget.timeToExhaustionSeconds,
    unit: "seconds",
  };
  if (window.elapsedRatio === null) return [time];
  const pace: Figure = {
    name: "paceRatio",
    formula: "consumed / elapsed",
    worked: `${write(budget.budgetConsumedRatio)} / ${write(window.elapsedRatio)}`,
    value: budget.paceRatio,
    unit: "rate",
  };
  return [time, pace];
}

function spends({ budget, sloWindow }: ExplainedBudget): Figure[] {
  const minutes = nominalDays(sloWindow) * 1440;
  return budget.tiers.map(({ key, longMinutes, longBurnRate, budgetSpendRatio }) => ({
    name: `budgetSpend{${key}}`,
    formula: "burnRate * long / W",
    worked: `${write(longBurnRate)} * ${longMinutes} / ${minutes}`,
    value: budgetSpendRatio,
    unit: "ratio",
  }));
}

/** Every figure of a budget with the formula that made it, empty and filled in; DOMAIN's names. */
export function explainFigures(facts: ExplainedBudget): Figure[] {
  const { budget } = facts;
  return [
    {
      name: "errorRatio{window}",
      ...ratioIn(facts, "window"),
      value: budget.errorRatio.window ?? null,
      unit: "ratio",
    },
    {
      name: "budgetRatio",
      formula: "B = 1 - target",
      worked: `1 - ${write(budget.target)}`,
      value: complement(budget.target),
      unit: "ratio",
    },
    consumed(facts),
    ...remaining(facts),
    ...burnRates(facts),
    ...outlook(facts),
    ...spends(facts),
  ];
}
