import { writeLookBack } from "../../budget/look-backs.ts";
import { BUDGET, BUDGET_REMAINING, windowRecords } from "../records.ts";
import { KEY_LABEL, OBJECTIVE_LABEL } from "../rule-labels.ts";
import { type Dashboard, dashboard, type Draft } from "./dashboard.ts";
import { BUDGET_STEPS, KEY_LEGEND } from "./slo-dashboard.ts";

const WORST = 20;
const LEFT = `min by (${KEY_LABEL}, ${OBJECTIVE_LABEL}) (${BUDGET_REMAINING})`;

/** The worst group's burn rate of every SLO and objective. */
function burnRate(minutes: number): string {
  const worst = `max by (${KEY_LABEL}) (${windowRecords(minutes).ratio})`;
  return `${worst} / on (${KEY_LABEL}) group_right () ${BUDGET}`;
}

function count(title: string, description: string, expr: string, color: string): Draft {
  return {
    type: "stat",
    title,
    description,
    width: 6,
    height: 4,
    unit: "short",
    queries: [{ expr: `count(${expr}) or vector(0)`, legend: title }],
    steps: [
      { color: "green", value: null },
      { color, value: 1 },
    ],
  };
}

const COUNTS: Draft[] = [
  count("Objectives", "Those with a figure for their budget.", LEFT, "blue"),
  count("Exhausted", "No budget is left.", `${LEFT} <= 0`, "red"),
  count("At risk", "At most 20 % is left.", `(${LEFT} > 0) <= 0.2`, "orange"),
  count(
    "Burning",
    "Faster than sustainable over six hours and over 30 minutes.",
    `(${burnRate(360)} > 1) and (${burnRate(30)} > 1)`,
    "orange",
  ),
];

/** All SLOs whose rules a Prometheus has loaded, the worst first. */
export function summaryDashboard(): Dashboard {
  const head = {
    uid: "burnline-slos",
    title: "SLOs",
    description: "Every SLO whose rules are loaded: budgets and burn rates.",
    links: [],
  };
  return dashboard(head, [
    ...COUNTS,
    {
      type: "bargauge",
      title: "Least budget left",
      description: "Of the trailing window.",
      width: 12,
      height: 12,
      unit: "percentunit",
      min: 0,
      max: 1,
      queries: [{ expr: `bottomk(${WORST}, ${LEFT})`, legend: KEY_LEGEND }],
      steps: BUDGET_STEPS,
    },
    {
      type: "timeseries",
      title: "Error budgets",
      description: "What is left of each trailing window's budget.",
      width: 12,
      height: 12,
      unit: "percentunit",
      max: 1,
      queries: [{ expr: LEFT, legend: `${KEY_LEGEND} {{${OBJECTIVE_LABEL}}}` }],
      steps: BUDGET_STEPS,
    },
    {
      type: "table",
      title: "Budgets and burn rates",
      description: "The worst group of each SLO; burn rates by look-back.",
      width: 24,
      height: 12,
      unit: "short",
      queries: [
        { expr: LEFT, legend: "budget left" },
        ...[60, 360, 4320].map((minutes) => ({
          expr: burnRate(minutes),
          legend: `burn ${writeLookBack(minutes)}`,
        })),
      ],
      transformations: [{ id: "merge", options: {} }],
    },
  ]);
}
