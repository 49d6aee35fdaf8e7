import type { ServiceTier } from "#lib/domain/signals/limits.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import type { MetricNames } from "#lib/domain/signals/presets.ts";
import { complement } from "../decimal.ts";
import type { SloDefinition } from "../definition/definition.ts";
import { tierDefaults, tierTargets } from "../definition/service-tiers.ts";
import { type TemplateKind, templateDefinitions, tierDefinitions } from "../definition/templates.ts";
import type { LatencySli } from "../definition/sli.ts";
import { boundsAbove, chooseMaxAge, chooseThreshold } from "./choose-bounds.ts";
import type { TierAdvice } from "./recommend-tier.ts";
import { WORD_OF_TIER } from "./recommend-tier.ts";

/** What the sources have of a service. */
export interface SeenMetrics {
  requests: boolean;
  /** Values of `le`; empty without a histogram. */
  bounds: readonly string[];
  /** Time between two successes; null when none are reported. */
  secondsBetweenSuccesses: number | null;
  records: boolean;
}

/** An SLO that could be measured, before anybody looked at what its target should be. */
export interface Candidate {
  definition: SloDefinition;
  /** What one would like to promise, and who says so. */
  wanted: { target: number; by: string };
  reasons: string[];
  /** Whether what the service depends on bounds what can be promised. */
  dependsOnOthers: boolean;
  /** The same with looser thresholds, in order: for when this one's past does not bear what is wanted. */
  looser?: { definition: SloDefinition; reason: string }[];
}

export interface ProposedService {
  name: string;
  kind: TemplateKind;
  owner: string | null;
  names: MetricNames;
}

/** A run that is missed now and then is none's emergency; a critical service's data is. */
const FRESHNESS_TARGET: Record<ServiceTier, number> = {
  critical: 0.999,
  essential: 0.995,
  standard: 0.99,
  best_effort: 0.98,
};

/** Each looser threshold is one more histogram bound to look at. */
const MOST_LOOSER = 4;

function latencyCandidate(
  definition: SloDefinition,
  sli: LatencySli,
  bounds: readonly string[],
  { p99Seconds, wanted }: Pick<Candidate, "wanted"> & { p99Seconds: number },
): Candidate | null {
  const chosen = chooseThreshold(p99Seconds, bounds, sli.durationToSeconds);
  if (!chosen) return null;
  const within = (thresholdSeconds: number): SloDefinition => ({
    ...definition,
    description: `Requests answered within ${writeSeconds(thresholdSeconds)}.`,
    sli: { ...sli, thresholdSeconds },
  });
  const above = boundsAbove(chosen.seconds, bounds, sli.durationToSeconds).slice(0, MOST_LOOSER);
  const tight = writeSeconds(chosen.seconds);
  const looser = above.map((seconds) => ({
    definition: within(seconds),
    reason: `Too few were within ${tight}; ${writeSeconds(seconds)} is the first bound that bears what is wanted.`,
  }));
  return {
    definition: within(chosen.seconds),
    wanted,
    reasons: [chosen.reason],
    dependsOnOthers: false,
    looser,
  };
}

function requestCandidates(service: ProposedService, seen: SeenMetrics, tier: ServiceTier): Candidate[] {
  const subject = {
    service: service.name,
    owner: service.owner,
    tier,
    runbookUrl: null,
    names: service.names,
  };
  const [availability, latency] = tierDefinitions(tier, subject);
  const by = `the ${WORD_OF_TIER[tier]} tier`;
  const targets = tierTargets(tier);
  const found: Candidate[] = [];
  if (availability && seen.requests) {
    const reasons = [`${service.names.requests} counts its requests by ${service.names.statusLabel}.`];
    found.push({
      definition: availability,
      wanted: { target: targets.availability, by },
      reasons,
      dependsOnOthers: true,
    });
  }
  if (latency?.sli.kind === "latency") {
    const limits = { p99Seconds: tierDefaults(tier).p99Seconds, wanted: { target: targets.latency, by } };
    const candidate = latencyCandidate(latency, latency.sli, seen.bounds, limits);
    if (candidate) found.push(candidate);
  }
  return found;
}

function pipelineCandidates(service: ProposedService, seen: SeenMetrics, tier: ServiceTier): Candidate[] {
  const kind = service.kind === "streaming" ? "streaming" : "batch";
  const subject = {
    service: service.name,
    owner: service.owner,
    tier,
    runbookUrl: null,
    names: service.names,
  };
  const [freshness, completeness] = templateDefinitions(kind, subject);
  const by = `the ${WORD_OF_TIER[tier]} tier`;
  const over30d = (definition: SloDefinition, target: number): SloDefinition => ({
    ...definition,
    objectives: [{ target, window: { kind: "rolling", days: 30 } }],
  });
  const found: Candidate[] = [];
  const age = seen.secondsBetweenSuccesses === null ? null : chooseMaxAge(seen.secondsBetweenSuccesses);
  if (freshness?.sli.kind === "freshness" && age) {
    const target = FRESHNESS_TARGET[tier];
    const description = `Time in which the newest success is at most ${writeSeconds(age.seconds)} old.`;
    const sli = { ...freshness.sli, maxAgeSeconds: age.seconds };
    found.push({
      definition: { ...over30d(freshness, target), description, sli },
      wanted: { target, by },
      reasons: [age.reason],
      dependsOnOthers: false,
    });
  }
  if (completeness && seen.records) {
    const target = complement(tierDefaults(tier).errorRatio);
    found.push({
      definition: over30d(completeness, target),
      wanted: { target, by },
      reasons: ["It reports the records it expected and those it processed."],
      dependsOnOthers: false,
    });
  }
  return found;
}

/** The SLOs that the metrics of a service can measure, at its tier's own promises. */
export function serviceCandidates(
  service: ProposedService,
  seen: SeenMetrics,
  { tier }: TierAdvice,
): Candidate[] {
  return [...requestCandidates(service, seen, tier), ...pipelineCandidates(service, seen, tier)];
}
