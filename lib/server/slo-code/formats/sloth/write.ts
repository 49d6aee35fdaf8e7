import "server-only";
import { DEFAULT_ALERT_TIERS } from "#lib/domain/slo/alerts/tiers.ts";
import { percentOfRatio, writeDecimal } from "#lib/domain/slo/decimal.ts";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import { COUNTING_OF_SLI, sliceComparison } from "#lib/domain/slo/definition/sli.ts";
import { writeWindow } from "#lib/domain/slo/definition/windows.ts";
import { FEWEST_BAD_EVENTS } from "#lib/domain/slo/status/axes.ts";
import { AppError } from "#lib/server/errors.ts";
import { counterPair, type QueryPair, sliceExpression, windowPair } from "../../promql/write.ts";
import { writeDocument, type WrittenSlo } from "../written.ts";
import { SLOTH_DAYS } from "./read.ts";

const WINDOW = "{{.window}}";

interface Events {
  error_query: string;
  total_query: string;
}

/** Slices as events: of the looks of each minute, those whose value does not pass. */
function sliceEvents({ sli, budgeting }: SloDefinition, expression: string): Events {
  if (sli.kind !== "throughput" && sli.kind !== "freshness" && sli.kind !== "probe")
    throw new RangeError(`a ${sli.kind} SLI has no slices`);
  const { operator, value } = sliceComparison(sli);
  const minutes = budgeting.method === "timeslices" ? budgeting.sliceMinutes : 1;
  const range = `[${WINDOW}:${minutes}m]`;
  const good = `((${expression}) ${operator} bool ${writeDecimal(value)})`;
  return {
    error_query: `sum(sum_over_time((1 - ${good})${range}))`,
    total_query: `sum(count_over_time((${expression})${range}))`,
  };
}

function eventsOf({ form, numerator, total }: QueryPair): Events {
  return { error_query: form === "bad" ? numerator : `${total} - ${numerator}`, total_query: total };
}

function writeSli(definition: SloDefinition): Events | null {
  const slices = sliceExpression(definition);
  if (slices !== null) return sliceEvents(definition, slices);
  const pair =
    counterPair(definition, (vector) => `rate(${vector}[${WINDOW}])`) ?? windowPair(definition, WINDOW);
  return pair && eventsOf(pair);
}

/** Sloth knows the default tiers, both pages and both tickets on or off. */
function hasDefaultTiers({ alertTiers }: SloDefinition): boolean {
  const bothAlike = (["page", "ticket"] as const).every((action) => {
    const own = alertTiers.filter((tier) => tier.action === action);
    return own.every(({ enabled }) => enabled === own[0]?.enabled);
  });
  const plain = (tiers: SloDefinition["alertTiers"]) =>
    JSON.stringify(tiers.map(({ key, longMinutes, spendRatio }) => [key, longMinutes, spendRatio]).sort());
  return bothAlike && plain(alertTiers) === plain([...DEFAULT_ALERT_TIERS]);
}

/** Everything but the SLI and its first target that Sloth has no field for. */
function losses(definition: SloDefinition): string[] {
  const { objectives, budgeting, sli, groupBy, exclusions, phases, node, onMissing } = definition;
  const window = objectives[0] ? writeWindow(objectives[0].window) : "";
  const isCustom = sli.kind === "custom" || sli.kind === "probe";
  const slicedEvents = budgeting.method !== "occurrences" && COUNTING_OF_SLI[sli.kind] === "events";
  const lost: [boolean, string][] = [
    [
      window !== `${SLOTH_DAYS}d`,
      `the window of ${window}; Sloth takes that of its generator, 30 days by default.`,
    ],
    [slicedEvents, "time slices; Sloth counts events."],
    [groupBy.length > 0, `the groups by ${groupBy.join(", ")}; each has an alert, none a budget of its own.`],
    [!hasDefaultTiers(definition), "alert tiers other than Sloth's own."],
    [definition.minimumBadEvents !== FEWEST_BAD_EVENTS, "the fewest bad events that alert."],
    [exclusions.windows.length > 0, "the exclusion windows."],
    [exclusions.events.length > 0 && isCustom, "the events left out; put them into the query."],
    [phases.length > 0, "the progressive targets."],
    [node !== null, "that it speaks of a node; it stands as the service."],
    [onMissing === "bad", "that missing data counts as bad."],
  ];
  const others = objectives.slice(1);
  return [
    ...others.map(({ target, window: other }) => `the objective of ${target} over ${writeWindow(other)}.`),
    ...lost.filter(([isLost]) => isLost).map(([, words]) => words),
  ];
}

function writeAlerting({ name, alertTiers, runbookUrl }: SloDefinition): object {
  const isOff = (action: "page" | "ticket") =>
    alertTiers.filter((tier) => tier.action === action).every(({ enabled }) => !enabled);
  return {
    name: `${name}-budget-burn`,
    ...(runbookUrl === null ? {} : { annotations: { runbook_url: runbookUrl } }),
    ...(isOff("page") ? { page_alert: { disable: true } } : {}),
    ...(isOff("ticket") ? { ticket_alert: { disable: true } } : {}),
  };
}

/**
 * A definition as a Sloth file; what that cannot say stands in a comment and in the warnings.
 * @throws AppError `invalid` for a journey, which has no queries of its own.
 */
export function writeSloth(definition: SloDefinition): WrittenSlo {
  const { name, description, service, node, owner, tier, objectives } = definition;
  const events = writeSli(definition);
  const target = objectives[0]?.target;
  if (events === null || target === undefined)
    throw new AppError(
      "invalid",
      "A user journey cannot be written for Sloth: it has no queries of its own.",
    );
  const labels = { ...(owner === null ? {} : { owner }), ...(tier === null ? {} : { tier }) };
  const slo = {
    name,
    objective: percentOfRatio(target),
    ...(description === "" ? {} : { description }),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    sli: { events },
    alerting: writeAlerting(definition),
  };
  return writeDocument(
    { version: "prometheus/v1", service: service ?? node, slos: [slo] },
    losses(definition),
  );
}
