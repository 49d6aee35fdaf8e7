import { fitsWindow, type TierInForce, tiersInForce } from "../alerts/tiers.ts";
import { writeLookBack } from "../budget/look-backs.ts";
import { complement, decimal, percentOfRatio, writeDecimal } from "../decimal.ts";
import { type Objective, sloKey, type SloDefinition } from "../definition/definition.ts";
import { countsEvents } from "../queries/measure.ts";
import { unlessExcluded } from "./exclusion-rule.ts";
import { tileRecord, windowRecords } from "./records.ts";
import type { AlertRule } from "./rule.ts";
import {
  ACTION_LABEL,
  OBJECTIVE_LABEL,
  objectiveName,
  onGroup,
  recorded,
  recordLabels,
  templateLiteral,
  TIER_LABEL,
} from "./rule-labels.ts";
import { countingSteps, type RuleStep } from "./window-sums.ts";

export const BURN_ALERT = "SloBudgetBurn";
export const NO_DATA_ALERT = "SloNoData";
/** No sample for ten minutes is no data; tiles stop five minutes after the last sample. */
const NO_DATA_SECONDS = 300;
/** For so long a group whose series are gone is still looked for. */
const GROUP_SOUGHT = "1h";

const SEVERITY = { page: "critical", ticket: "warning" } as const;

/** An SLO whose alerts can be written: somebody must know what to do about them. */
export interface AlertSubject {
  definition: SloDefinition;
  steps: readonly RuleStep[];
  runbookUrl: string;
  /** The SLO's page; null where Burnline's address is not known. */
  pageUrl: string | null;
}

function alertLabels({ definition }: AlertSubject, more: Record<string, string>): Record<string, string> {
  const owner = definition.owner === null ? {} : { owner: definition.owner };
  const labels = { ...recordLabels(definition), ...owner, ...more };
  return Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, templateLiteral(text)]));
}

/** " (route=…)": which group an alert is about. */
function groupWords({ groupBy }: SloDefinition): string {
  if (groupBy.length === 0) return "";
  return ` (${groupBy.map((label) => `${label}={{ $labels.${label} }}`).join(", ")})`;
}

function annotations(subject: AlertSubject, summary: string, description: string): Record<string, string> {
  const { runbookUrl, pageUrl } = subject;
  return {
    summary,
    description,
    runbook_url: templateLiteral(runbookUrl),
    ...(pageUrl === null ? {} : { slo_url: templateLiteral(pageUrl) }),
  };
}

/** The error ratio above which a tier alerts: factor * B. */
export function thresholdOf(tier: Pick<TierInForce, "factor">, target: number): number {
  return decimal(tier.factor * complement(target));
}

function burnExpression(subject: AlertSubject, objective: Objective, tier: TierInForce): string {
  const { definition } = subject;
  const threshold = writeDecimal(thresholdOf(tier, objective.target));
  const long = windowRecords(tier.longMinutes);
  const short = windowRecords(tier.shortMinutes);
  const fewest = countsEvents(definition) ? definition.minimumBadEvents : 0;
  const enough = fewest > 0 ? [`${recorded(long.bad, definition)} >= ${fewest}`] : [];
  const conditions = [
    `${recorded(long.ratio, definition)} > ${threshold}`,
    `${recorded(short.ratio, definition)} > ${threshold}`,
    ...enough,
  ];
  return `${conditions.join(" and ")}${unlessExcluded(definition)}`;
}

/** A share in words: four digits say enough. */
function percent(ratio: number): string {
  return `${writeDecimal(Number(percentOfRatio(ratio).toPrecision(4)))} %`;
}

function burnAlert(subject: AlertSubject, objective: Objective, tier: TierInForce): AlertRule {
  const { definition } = subject;
  const what = templateLiteral(sloKey(definition)) + groupWords(definition);
  const long = writeLookBack(tier.longMinutes);
  const short = writeLookBack(tier.shortMinutes);
  const factor = writeDecimal(tier.factor);
  const { target } = objective;
  const name = templateLiteral(objectiveName(objective));
  return {
    kind: "alert",
    name: BURN_ALERT,
    expr: burnExpression(subject, objective, tier),
    forSeconds: 0,
    labels: alertLabels(subject, {
      severity: SEVERITY[tier.action],
      [ACTION_LABEL]: tier.action,
      [TIER_LABEL]: tier.key,
      [OBJECTIVE_LABEL]: objectiveName(objective),
    }),
    annotations: annotations(
      subject,
      `${what} burns its error budget more than ${factor}x too fast`,
      `{{ $value | humanizePercentage }} failed over ${long}. Above ${percent(thresholdOf(tier, target))} over ${long} and ${short}, ` +
        `which is ${factor}x the budget of ${percent(complement(target))} (objective ${name}), ` +
        `${percent(tier.spendRatio)} of the budget is gone in ${long}.`,
    ),
  };
}

/** Each SLO, and each group that was there within the hour; a journey when one of its steps has no data. */
function noDataExpression({ definition, steps }: AlertSubject): string {
  const { sli } = definition;
  const totalOf = (one: SloDefinition) => recorded(tileRecord("total", one), one);
  if (sli.kind === "composite") {
    const absent = countingSteps(sli, steps).map((step) => `absent(${totalOf(step.definition)})`);
    return `max(${absent.join(" or ")})${unlessExcluded(definition)}`;
  }
  const total = totalOf(definition);
  const gone = `last_over_time(${total}[${GROUP_SOUGHT}]) unless ${onGroup(definition)} ${total}`;
  const expr = definition.groupBy.length === 0 ? `absent(${total})` : `(absent(${total}) or ${gone})`;
  return `${expr}${unlessExcluded(definition)}`;
}

function noDataAlert(subject: AlertSubject): AlertRule {
  const what = templateLiteral(sloKey(subject.definition)) + groupWords(subject.definition);
  return {
    kind: "alert",
    name: NO_DATA_ALERT,
    expr: noDataExpression(subject),
    forSeconds: NO_DATA_SECONDS,
    labels: alertLabels(subject, { severity: SEVERITY.ticket, [ACTION_LABEL]: "ticket" }),
    annotations: annotations(
      subject,
      `${what} has no data`,
      "Nothing was measured for ten minutes: whether the objective is met cannot be said, and no burn-rate alert can fire.",
    ),
  };
}

/** The alerts of an SLO, page before ticket, and the one that tells when it has no data. */
export function alertRules(subject: AlertSubject): AlertRule[] {
  const { alertTiers, objectives } = subject.definition;
  const burning = objectives.flatMap((objective) =>
    tiersInForce(alertTiers, objective.target, objective.window)
      .filter(({ disabledReason }) => disabledReason === null)
      .map((tier) => burnAlert(subject, objective, tier)),
  );
  return [...burning, noDataAlert(subject)];
}

/** The tiers that have no alert, each with the reason, for a comment beside the rules. */
export function leftOutTiers({ alertTiers, objectives }: SloDefinition): string[] {
  return objectives.flatMap((objective) => {
    const name = objectiveName(objective);
    const tooLong = alertTiers
      .filter((tier) => !fitsWindow(tier, objective.window))
      .map(({ key, longMinutes }) => {
        const why = `Its long window of ${writeLookBack(longMinutes)} is over half the objective's.`;
        return `${key} of ${name} is left out. ${why}`;
      });
    const disabled = tiersInForce(alertTiers, objective.target, objective.window)
      .filter(({ disabledReason }) => disabledReason !== null)
      .map(({ key, disabledReason }) => `${key} of ${name} is left out. ${disabledReason ?? ""}`);
    return [...tooLong, ...disabled];
  });
}
