import { tiersInForce } from "../../alerts/tiers.ts";
import { LOOK_BACK_MINUTES, writeLookBack } from "../../budget/look-backs.ts";
import { complement, writeDecimal } from "../../decimal.ts";
import { type Objective, sloKey, type SloDefinition } from "../../definition/definition.ts";
import { countsEvents } from "../../queries/measure.ts";
import { BUDGET_REMAINING, tileMinutes, tileRecord, windowRecords } from "../records.ts";
import { KEY_LABEL, OBJECTIVE_LABEL, objectiveName, recorded } from "../rule-labels.ts";
import type { RuleSource } from "../rule.ts";
import { type Dashboard, dashboard, type Draft, type Step } from "./dashboard.ts";
import { goldenSignals } from "./golden-signals.ts";

/** Room for Grafana's 40 characters. */
const MAX_ID_LENGTH = 36;
/** What is left of a budget: gone, low (at risk from 20 % on), enough. */
export const BUDGET_STEPS: Step[] = [
  { color: "red", value: null },
  { color: "orange", value: 0 },
  { color: "green", value: 0.2 },
];

/** The address part of an SLO's dashboard. */
export function dashboardUid(id: string): string {
  return `slo-${id.replace(/[^\w-]/g, "-").slice(0, MAX_ID_LENGTH)}`;
}

/** The legend of what an SLO is split by. */
function groupLegend({ groupBy }: SloDefinition): string {
  return groupBy.map((label) => ` {{${label}}}`).join("");
}

function burnPanel(definition: SloDefinition, objective: Objective): Draft {
  const budget = writeDecimal(complement(objective.target));
  const tiers = tiersInForce(definition.alertTiers, objective.target, objective.window);
  const alerting = tiers.filter(({ disabledReason }) => disabledReason === null);
  const lines = [...new Map(alerting.map((tier) => [tier.factor, tier])).values()];
  const steps = lines.map(({ factor, action }) => ({
    color: action === "page" ? "red" : "orange",
    value: factor,
  }));
  return {
    type: "timeseries",
    title: `Burn rate (${objectiveName(objective)})`,
    description:
      "How many times faster than sustainable the budget is spent; the lines are the factors of the alert tiers.",
    width: 12,
    height: 9,
    unit: "short",
    min: 0,
    queries: LOOK_BACK_MINUTES.map((minutes) => ({
      expr: `${recorded(windowRecords(minutes).ratio, definition)} / ${budget}`,
      legend: `${writeLookBack(minutes)}${groupLegend(definition)}`,
    })),
    steps: [{ color: "green", value: null }, ...steps.sort((a, b) => a.value - b.value)],
  };
}

function budgetPanels(definition: SloDefinition): Draft[] {
  const remaining = recorded(BUDGET_REMAINING, definition);
  const queries = [{ expr: remaining, legend: `{{${OBJECTIVE_LABEL}}}${groupLegend(definition)}` }];
  const unit = "percentunit";
  return [
    {
      type: "gauge",
      title: "Budget remaining",
      description: "Of the trailing window, by what was recorded since the rules were loaded.",
      width: 6,
      height: 9,
      unit,
      min: 0,
      max: 1,
      queries,
      steps: BUDGET_STEPS,
    },
    {
      type: "timeseries",
      title: "Error budget",
      description: "What is left of the trailing window's budget.",
      width: 18,
      height: 9,
      unit,
      max: 1,
      queries,
      steps: BUDGET_STEPS,
    },
  ];
}

function sliPanel(definition: SloDefinition): Draft {
  const [strictest] = definition.objectives.map(({ target }) => target).sort((a, b) => b - a);
  const goodOver = (minutes: number) => ({
    expr: `1 - ${recorded(windowRecords(minutes).ratio, definition)}`,
    legend: `${writeLookBack(minutes)}${groupLegend(definition)}`,
  });
  return {
    type: "timeseries",
    title: "Good ratio",
    description: "Good over all, by look-back; the line is the strictest target.",
    width: 12,
    height: 9,
    unit: "percentunit",
    max: 1,
    queries: [goodOver(5), goodOver(60)],
    steps: [
      { color: "red", value: null },
      { color: "green", value: strictest ?? 1 },
    ],
  };
}

function countsPanel(definition: SloDefinition): Draft[] {
  if (definition.sli.kind === "composite") return [];
  const what = countsEvents(definition) ? "Events" : "Time slices";
  const minutes = tileMinutes(definition);
  return [
    {
      type: "timeseries",
      title: `${what} every ${minutes === 1 ? "minute" : `${minutes} minutes`}`,
      description: "What the objective counts.",
      width: 12,
      height: 9,
      unit: "short",
      min: 0,
      queries: (["total", "bad"] as const).map((part) => ({
        expr: recorded(tileRecord(part, definition), definition),
        legend: `${part}${groupLegend(definition)}`,
      })),
    },
  ];
}

function sameSubject(a: SloDefinition, b: SloDefinition): boolean {
  return a === b || (a.service !== null && a.service === b.service);
}

/** One SLO: budget, burn, good ratio, counts, and the golden signals of its service as far as its SLOs measure them. */
export function sloDashboard(
  { id, definition }: RuleSource,
  sources: readonly RuleSource[],
  consoleUrl: string | null,
): Dashboard {
  const others = sources.map((source) => source.definition).filter((other) => sameSubject(definition, other));
  const signals = goldenSignals([definition, ...others.filter((other) => other !== definition)]);
  const url = `${consoleUrl ?? ""}/slos/${encodeURIComponent(id)}`;
  const links = consoleUrl === null ? [] : [{ title: "In Burnline", type: "link", url, targetBlank: true }];
  const head = {
    uid: dashboardUid(id),
    title: `SLO ${sloKey(definition)}`,
    description: definition.description,
    links,
  };
  const burns = definition.objectives.map((objective) => burnPanel(definition, objective));
  return dashboard(head, [
    ...budgetPanels(definition),
    ...burns,
    sliPanel(definition),
    ...countsPanel(definition),
    ...signals,
  ]);
}

/** The label by which tables tell SLOs apart. */
export const KEY_LEGEND = `{{${KEY_LABEL}}}`;
