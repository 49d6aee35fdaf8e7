import { tiersInForce } from "../alerts/tiers.ts";
import { lookBacksOf } from "../budget/look-backs.ts";
import { sloKey, type SloDefinition } from "../definition/definition.ts";
import { alertRules, leftOutTiers } from "./alert-rules.ts";
import { budgetRules } from "./budget-rules.ts";
import { exclusionRule } from "./exclusion-rule.ts";
import { tileMinutes } from "./records.ts";
import type { RuleGroup, RuleOptions, RuleProblem, RuleSource, SloRules } from "./rule.ts";
import { checkGroupLabels, keyOf } from "./rule-labels.ts";
import { tileRules } from "./tile-rules.ts";
import { windowRules } from "./window-rules.ts";
import type { RuleStep } from "./window-sums.ts";

/** Groups of ours are known by these; what follows is the SLO's key. */
export const SLO_GROUP_PREFIX = "burnline-slo:";
export const BUDGET_GROUP_PREFIX = "burnline-budget:";
/** Sums over a whole window cost far more than those of alerts, and are only looked at. */
const BUDGET_INTERVAL_SECONDS = 120;

const NO_RUNBOOK =
  "Alert rules need a runbook: whoever is alerted must be told what to do. Only recording rules are generated.";

/** The steps of a journey; those that cannot be found, or have no counts of their own, as problems. */
function stepsOf(
  definition: SloDefinition,
  byKey: ReadonlyMap<string, SloDefinition>,
): { steps: RuleStep[]; problems: RuleProblem[] } {
  const { sli } = definition;
  if (sli.kind !== "composite") return { steps: [], problems: [] };
  const problems: RuleProblem[] = [];
  const steps = sli.steps.flatMap(({ slo, weight, onCriticalPath }, at) => {
    const measured = byKey.get(slo);
    const usable = measured && measured.sli.kind !== "composite" && checkGroupLabels(measured).length === 0;
    if (usable) return [{ weight: weight ?? 1, onCriticalPath, definition: measured }];
    problems.push({
      path: ["sli", "steps", at, "slo"],
      message: "No rules are recorded for this step's SLO.",
    });
    return [];
  });
  return { steps, problems };
}

function tierLookBacks({ objectives, alertTiers }: SloDefinition): number[] {
  return lookBacksOf(objectives.flatMap(({ target, window }) => tiersInForce(alertTiers, target, window)));
}

/** The windows to record by SLO key: its own and those of the journeys that it is a step of. */
function windowsByKey(sources: readonly RuleSource[]): Map<string, number[]> {
  const windows = new Map(
    sources.map(({ definition }) => [sloKey(definition), new Set(tierLookBacks(definition))]),
  );
  for (const { definition } of sources) {
    const steps = definition.sli.kind === "composite" ? definition.sli.steps : [];
    for (const { slo } of steps)
      for (const minutes of windows.get(sloKey(definition)) ?? []) windows.get(slo)?.add(minutes);
  }
  return new Map([...windows].map(([key, minutes]) => [key, [...minutes].sort((a, b) => a - b)]));
}

function pageUrl({ consoleUrl }: RuleOptions, id: string): string | null {
  return consoleUrl === null ? null : `${consoleUrl}/slos/${encodeURIComponent(id)}`;
}

function groupsOf(
  { id, definition }: RuleSource,
  steps: readonly RuleStep[],
  windows: readonly number[],
  options: RuleOptions,
): RuleGroup[] {
  const key = keyOf(definition);
  const { runbookUrl } = definition;
  const excluded = exclusionRule(definition, options.nowMs);
  const subject = { definition, steps, runbookUrl: runbookUrl ?? "", pageUrl: pageUrl(options, id) };
  return [
    {
      name: `${SLO_GROUP_PREFIX}${key}`,
      intervalSeconds: tileMinutes(definition) * 60,
      comments: runbookUrl === null ? [NO_RUNBOOK] : leftOutTiers(definition),
      rules: [
        ...(excluded ? [excluded] : []),
        ...tileRules(definition),
        ...windowRules(definition, steps, windows),
        ...(runbookUrl === null ? [] : alertRules(subject)),
      ],
    },
    {
      name: `${BUDGET_GROUP_PREFIX}${key}`,
      intervalSeconds: BUDGET_INTERVAL_SECONDS,
      comments: [],
      rules: budgetRules(definition, steps),
    },
  ];
}

/**
 * The recording and alert rules of all SLOs, one result for each in the order given. An SLO without a runbook gets no alert
 * rules, one that cannot be recorded none at all; its problems say why. Factors come from `tiersInForce` alone.
 */
export function generateRules(sources: readonly RuleSource[], options: RuleOptions): SloRules[] {
  const byKey = new Map(sources.map(({ definition }) => [sloKey(definition), definition]));
  const windows = windowsByKey(sources);
  return sources.map((source) => {
    const { id, definition } = source;
    const { steps, problems: stepProblems } = stepsOf(definition, byKey);
    const blocking = [...checkGroupLabels(definition), ...stepProblems];
    const noRunbook: RuleProblem[] =
      definition.runbookUrl === null ? [{ path: ["runbookUrl"], message: NO_RUNBOOK }] : [];
    return {
      id,
      key: keyOf(definition),
      groups:
        blocking.length > 0 ? [] : groupsOf(source, steps, windows.get(sloKey(definition)) ?? [], options),
      problems: [...blocking, ...noRunbook],
    };
  });
}
