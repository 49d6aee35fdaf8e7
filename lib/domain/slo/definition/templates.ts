import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { BATCH_METRICS } from "#lib/domain/signals/batch-metrics.ts";
import type { ServiceTier } from "#lib/domain/signals/limits.ts";
import type { MetricNames } from "#lib/domain/signals/presets.ts";
import { DEFAULT_ALERT_TIERS } from "../alerts/tiers.ts";
import { FEWEST_BAD_EVENTS } from "../status/axes.ts";
import type { SloDefinition } from "./definition.ts";
import { tierDefaults, tierTargets } from "./service-tiers.ts";
import type { LatencySli, Sli } from "./sli.ts";

export const TEMPLATE_KINDS = ["api", "web", "batch", "streaming"] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** What a template is filled with. */
export interface TemplateSubject {
  service: string;
  owner: string | null;
  tier: ServiceTier | null;
  runbookUrl: string | null;
  names: MetricNames;
}

const MINUTES = 60;

function matcher(label: string, value: string, operator: LabelMatcher["operator"] = "="): LabelMatcher {
  return { label, operator, value };
}

/** A definition with every choice at its default. */
function draft(subject: TemplateSubject, name: string, description: string, sli: Sli): SloDefinition {
  return {
    name,
    description,
    service: subject.service,
    node: null,
    owner: subject.owner,
    tier: subject.tier,
    sli,
    budgeting: { method: "occurrences" },
    objectives: [],
    groupBy: [],
    exclusions: { events: [], windows: [] },
    alertTiers: [...DEFAULT_ALERT_TIERS],
    minimumBadEvents: FEWEST_BAD_EVENTS,
    onMissing: "gap",
    runbookUrl: subject.runbookUrl,
    phases: [],
  };
}

function over(definition: SloDefinition, target: number, days: number): SloDefinition {
  return { ...definition, objectives: [{ target, window: { kind: "rolling", days } }] };
}

function requestsOf({ service, names }: TemplateSubject) {
  return { metric: names.requests, matchers: [matcher(names.serviceLabel, service)] };
}

function availability(subject: TemplateSubject): SloDefinition {
  return draft(subject, "availability", "Requests answered without a server error.", {
    kind: "availability",
    requests: requestsOf(subject),
    failed: [matcher(subject.names.statusLabel, "5..", "=~")],
  });
}

function latency(subject: TemplateSubject, thresholdSeconds: number): SloDefinition {
  const { service, names } = subject;
  const sli: LatencySli = {
    kind: "latency",
    histogram: "classic",
    durations: { metric: names.duration, matchers: [matcher(names.serviceLabel, service)] },
    thresholdSeconds,
    durationToSeconds: names.durationToSeconds,
  };
  return draft(subject, "latency", `Requests answered within ${thresholdSeconds * 1000} ms.`, sli);
}

function errorRate(subject: TemplateSubject): SloDefinition {
  const { service, names } = subject;
  const failed = [matcher(names.serviceLabel, service), matcher(names.statusLabel, "5..", "=~")];
  return draft(subject, "error-rate", "Requests without a server error.", {
    kind: "error_rate",
    requests: requestsOf(subject),
    errors: { metric: names.requests, matchers: failed },
  });
}

/** Freshness counts the minutes whose newest success is young enough: a stalled pipeline makes no events to count. */
function freshness(subject: TemplateSubject, maxAgeMinutes: number): SloDefinition {
  const sli: Sli = {
    kind: "freshness",
    lastSuccess: {
      metric: BATCH_METRICS.lastSuccess,
      matchers: [matcher(subject.names.serviceLabel, subject.service)],
    },
    maxAgeSeconds: maxAgeMinutes * MINUTES,
  };
  const description = `Time in which the newest success is at most ${maxAgeMinutes} min old.`;
  return {
    ...draft(subject, "freshness", description, sli),
    budgeting: { method: "timeslices", sliceMinutes: 1, sliceGood: null },
  };
}

function completeness(subject: TemplateSubject): SloDefinition {
  const matchers = [matcher(subject.names.serviceLabel, subject.service)];
  return draft(subject, "completeness", "Records processed, of those expected.", {
    kind: "completeness",
    expected: { metric: BATCH_METRICS.recordsExpected, matchers },
    processed: { metric: BATCH_METRICS.recordsProcessed, matchers },
  });
}

/** The SLOs a kind of service starts with; drafts to look at and to change, not yet saved. */
export function templateDefinitions(kind: TemplateKind, subject: TemplateSubject): SloDefinition[] {
  switch (kind) {
    case "api":
      return [over(availability(subject), 0.999, 30), over(latency(subject, 0.5), 0.95, 30)];
    case "web":
      return [over(availability(subject), 0.999, 30), over(latency(subject, 2.5), 0.95, 30)];
    case "batch":
      return [over(freshness(subject, 30), 0.99, 7), over(completeness(subject), 0.9995, 7)];
    case "streaming":
      return [over(freshness(subject, 5), 0.99, 7), over(completeness(subject), 0.9995, 7)];
  }
}

/** The SLOs a tier of request-serving services promises, over 30 days: availability, latency at its p99, error rate. */
export function tierDefinitions(tier: ServiceTier, subject: TemplateSubject): SloDefinition[] {
  const targets = tierTargets(tier);
  const inTier = { ...subject, tier };
  return [
    over(availability(inTier), targets.availability, 30),
    over(latency(inTier, tierDefaults(tier).p99Seconds), targets.latency, 30),
    over(errorRate(inTier), targets.errorRate, 30),
  ];
}
