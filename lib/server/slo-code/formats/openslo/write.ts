import "server-only";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import { FEWEST_BAD_EVENTS } from "#lib/domain/slo/status/axes.ts";
import { type CalendarUnit, type SloWindow, writeWindow } from "#lib/domain/slo/definition/windows.ts";
import { AppError } from "#lib/server/errors.ts";
import { writeDocument, type WrittenSlo } from "../written.ts";
import { OPENSLO_VERSION } from "./shapes.ts";
import { CALENDAR_START } from "./window.ts";
import { writePolicies } from "./write-alerts.ts";
import { writeIndicator, writeSlices } from "./write-indicator.ts";

const CALENDAR: Record<CalendarUnit, string> = { week: "1w", month: "1M", quarter: "1Q" };
const METHODS = {
  occurrences: "Occurrences",
  timeslices: "Timeslices",
  ratioTimeslices: "RatioTimeslices",
} as const;
/** Kinds that queries alone do not tell from others. */
const NAMED_KINDS = new Set(["error_rate", "quality", "completeness"]);

function timeWindow(window: SloWindow): object {
  if (window.kind === "rolling") return { duration: `${window.days}d`, isRolling: true };
  const calendar = { startTime: CALENDAR_START, timeZone: window.zone };
  return { duration: CALENDAR[window.unit], calendar, isRolling: false };
}

/** What OpenSLO has no field for and a line of text can say. */
function annotations({
  sli,
  owner,
  tier,
  node,
  runbookUrl,
  onMissing,
  minimumBadEvents,
}: SloDefinition): object {
  const said: [string, string | null][] = [
    ["sli-kind", NAMED_KINDS.has(sli.kind) ? sli.kind : null],
    ["owner", owner],
    ["tier", tier],
    ["node", node],
    ["runbook-url", runbookUrl],
    ["on-missing", onMissing === "gap" ? null : onMissing],
    ["minimum-bad-events", minimumBadEvents === FEWEST_BAD_EVENTS ? null : String(minimumBadEvents)],
  ];
  const entries = said
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [`burnline.dev/${name}`, value]);
  return entries.length > 0 ? { annotations: Object.fromEntries(entries) as object } : {};
}

/** What is lost on the way, in words. */
function losses(definition: SloDefinition, window: SloWindow, isSayable: boolean): string[] {
  const { objectives, exclusions, phases, sli, groupBy } = definition;
  const here = writeWindow(window);
  const elsewhere = objectives.filter((one) => writeWindow(one.window) !== here);
  const isCustom = sli.kind === "custom" || sli.kind === "probe";
  return [
    ...elsewhere.map(
      (one) => `the objective of ${one.target} over ${writeWindow(one.window)}; one SLO has one window.`,
    ),
    ...(isSayable ? [] : ["that a slice is good when its value is equal to a number."]),
    ...(exclusions.windows.length > 0 ? ["the exclusion windows."] : []),
    ...(exclusions.events.length > 0 && isCustom ? ["the events left out; put them into the query."] : []),
    ...(groupBy.length > 0 && isCustom ? [`the groups by ${groupBy.join(", ")}.`] : []),
    ...(phases.length > 0 ? ["the progressive targets."] : []),
  ];
}

/**
 * A definition as an OpenSLO v1 object; what that cannot say stands in a comment and in the warnings.
 * @throws AppError `invalid` for a journey: OpenSLO has no target for a whole of several SLOs.
 */
export function writeOpenSlo(definition: SloDefinition): WrittenSlo {
  const { name, description, service, node, objectives, alertTiers, budgeting } = definition;
  const indicator = writeIndicator(definition);
  const window = objectives[0]?.window;
  if (indicator === null || window === undefined) {
    throw new AppError(
      "invalid",
      "A user journey cannot be written as OpenSLO: it has no target for the whole.",
    );
  }
  const slices = writeSlices(definition);
  const alerts = writePolicies(name, alertTiers, window);
  const said = objectives.filter((one) => writeWindow(one.window) === writeWindow(window));
  const object = {
    apiVersion: OPENSLO_VERSION,
    kind: "SLO",
    metadata: { name, ...annotations(definition) },
    spec: {
      ...(description === "" ? {} : { description }),
      service: service ?? node,
      indicator: { metadata: { name }, spec: indicator },
      timeWindow: [timeWindow(window)],
      budgetingMethod: METHODS[budgeting.method],
      objectives: said.map(({ target }) => ({ target, ...slices.fields })),
      alertPolicies: alerts.policies,
    },
  };
  return writeDocument(object, [...losses(definition, window, slices.isSayable), ...alerts.warnings]);
}
