import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { DEFAULT_ALERT_TIERS } from "#lib/domain/slo/alerts/tiers.ts";
import { checkDefinition } from "#lib/domain/slo/definition/check-definition.ts";
import type { Budgeting } from "#lib/domain/slo/definition/definition.ts";
import { COUNTING_OF_SLI, type Sli, type SliKind } from "#lib/domain/slo/definition/sli.ts";
import { writeWindow } from "#lib/domain/slo/definition/windows.ts";
import { FEWEST_BAD_EVENTS } from "#lib/domain/slo/status/axes.ts";

/** What is wrong with a field, by its dotted path. */
export interface FieldIssue {
  path: string;
  message: string;
}

const NAMES = METRIC_PRESETS.prometheus;

/** A definition with every choice at its default, to begin from. */
export function blankDefinition(sli: Sli): SloDefinition {
  return withSli(
    {
      name: sli.kind === "composite" ? "journey" : sli.kind.replace("_", "-"),
      description: "",
      service: null,
      node: null,
      owner: null,
      tier: null,
      sli,
      budgeting: { method: "occurrences" },
      objectives: [{ target: 0.999, window: { kind: "rolling", days: 30 } }],
      groupBy: [],
      exclusions: { events: [], windows: [] },
      alertTiers: [...DEFAULT_ALERT_TIERS],
      minimumBadEvents: FEWEST_BAD_EVENTS,
      onMissing: "gap",
      runbookUrl: null,
      phases: [],
    },
    sli,
  );
}

/** Selects a service's series where the definition names one. */
function ofService(metric: string, service: string | null) {
  const matchers =
    service === null ? [] : [{ label: NAMES.serviceLabel, operator: "=" as const, value: service }];
  return { metric, matchers };
}

/** An SLI of a kind with the usual names filled in, to be changed. */
export function usualSli(kind: SliKind, service: string | null): Sli {
  const failed = [{ label: NAMES.statusLabel, operator: "=~" as const, value: "5.." }];
  switch (kind) {
    case "availability":
      return { kind, requests: ofService(NAMES.requests, service), failed };
    case "error_rate": {
      const requests = ofService(NAMES.requests, service);
      return { kind, requests, errors: { ...requests, matchers: [...requests.matchers, ...failed] } };
    }
    case "latency":
      return {
        kind,
        histogram: "classic",
        durations: ofService(NAMES.duration, service),
        thresholdSeconds: 0.5,
        durationToSeconds: 1,
      };
    case "throughput":
      return { kind, events: ofService(NAMES.requests, service), perSecond: { operator: ">=", value: 1 } };
    case "quality":
      return { kind, answers: ofService("", service), degraded: ofService("", service) };
    case "freshness":
      return {
        kind,
        lastSuccess: ofService("batch_last_success_timestamp_seconds", service),
        maxAgeSeconds: 3600,
      };
    case "completeness":
      return {
        kind,
        expected: ofService("batch_records_expected_total", service),
        processed: ofService("batch_records_processed_total", service),
      };
    case "custom":
      return { kind, form: "bad", numerator: "", total: "" };
    case "probe":
      return { kind, expression: "", good: { operator: ">=", value: 1 } };
    case "composite":
      return { kind, combine: "serial", steps: [], businessImpact: "high" };
  }
}

function budgetingFor(kind: SliKind, budgeting: Budgeting): Budgeting {
  const counting = COUNTING_OF_SLI[kind];
  if (counting === "steps") return { method: "occurrences" };
  if (counting === "events") {
    return budgeting.method === "timeslices" && budgeting.sliceGood === null
      ? { method: "occurrences" }
      : budgeting;
  }
  const sliceMinutes = budgeting.method === "occurrences" ? 1 : budgeting.sliceMinutes;
  return { method: "timeslices", sliceMinutes, sliceGood: null };
}

/** A definition that measures something else, with the rules that follow from it. */
export function withSli(definition: SloDefinition, sli: Sli): SloDefinition {
  const budgeting = budgetingFor(sli.kind, definition.budgeting);
  if (sli.kind !== "composite") return { ...definition, sli, budgeting };
  return { ...definition, sli, budgeting, groupBy: [], onMissing: "gap" };
}

/** All that the browser can tell is wrong, by the shape first and then by its meaning. */
export function issuesOf(definition: SloDefinition, contract: typeof SloDefinition | null): FieldIssue[] {
  const shape = contract?.safeParse(definition).error?.issues ?? [];
  const found = [...checkDefinition(definition), ...shape].map(({ path, message }) => ({
    path: path.map(String).join("."),
    message,
  }));
  return found.filter(({ path }, at) => found.findIndex((one) => one.path === path) === at);
}

/** Windows whose target is lower than the one in force: that needs a reason. */
export function loweredWindows(before: SloDefinition | null, after: SloDefinition): string[] {
  return (before?.objectives ?? []).flatMap(({ target, window }) => {
    const same = after.objectives.find((one) => writeWindow(one.window) === writeWindow(window));
    return same && same.target < target ? [writeWindow(window)] : [];
  });
}

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value))
      flatten(part, path === "" ? key : `${path}.${key}`, into);
  } else into.set(path, value === null || value === undefined ? "" : String(value));
}

/** What changed between two definitions, field by field: `[path, before, after]`. */
export function differencesBetween(
  before: SloDefinition | null,
  after: SloDefinition,
): [path: string, before: string, after: string][] {
  const [old, now] = [new Map<string, string>(), new Map<string, string>()];
  flatten(before ?? {}, "", old);
  flatten(after, "", now);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => (old.get(path) ?? "") !== (now.get(path) ?? ""))
    .map((path) => [path, old.get(path) ?? "", now.get(path) ?? ""]);
}

/** The issues of a refusal, whose paths begin at the request and not at the definition. */
export function issuesOfRefusal(errors: readonly FieldIssue[] = []): FieldIssue[] {
  return errors.map(({ path, message }) => ({ path: path.replace(/^definition\./, ""), message }));
}
