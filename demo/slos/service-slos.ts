import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import {
  templateDefinitions,
  tierDefinitions,
  type TemplateSubject,
} from "#lib/domain/slo/definition/templates.ts";
import { SERVICES, type ServiceSpec } from "#demo/sim/services.ts";
import { BY_FIVE_MINUTES, matcher, over, type RunbookUrl, slo } from "./base.ts";

const NAMES = METRIC_PRESETS.prometheus;
/** Kubelets ask this route; what they hear is no promise to users. */
const HEALTH_CHECKS = matcher(NAMES.routeLabel, "/health|/metrics", "=~");
const SERVER_ERRORS = matcher(NAMES.statusLabel, "5..", "=~");

function subjectOf({ name, team, tier }: ServiceSpec, runbookUrl: string): TemplateSubject {
  return { service: name, owner: team, tier, runbookUrl, names: NAMES };
}

/** What the tier promises: availability, and latency within its p99. The error rate would count the same failures again. */
function requestSlos(service: ServiceSpec, runbookUrl: RunbookUrl): SloDefinition[] {
  const asked = service.routes.some(({ route }) => route === "/health");
  const exclusions = { events: asked ? [HEALTH_CHECKS] : [], windows: [] };
  return tierDefinitions(service.tier, subjectOf(service, runbookUrl("HighErrorRate")))
    .filter(({ name }) => name !== "error-rate")
    .map((definition) => ({
      ...definition,
      exclusions,
      runbookUrl: runbookUrl(definition.name === "latency" ? "HighLatency" : "HighErrorRate"),
    }));
}

/** Fresh and whole; one run of 170 fails, which a best-effort tier can bear and the template's 99.95 % cannot. */
function batchSlos(service: ServiceSpec, runbookUrl: RunbookUrl): SloDefinition[] {
  return templateDefinitions("batch", subjectOf(service, runbookUrl("BatchTooOld"))).map((definition) => ({
    ...definition,
    objectives: over(0.99, 7),
  }));
}

/** One route of a service, as a step of a journey needs it. */
function routeSlo(
  [serviceName, name, route]: readonly [string, string, string],
  runbookUrl: RunbookUrl,
): SloDefinition {
  const service = SERVICES.find((one) => one.name === serviceName)!;
  return slo({
    name,
    description: `Requests to ${route} answered without a server error.`,
    service: serviceName,
    owner: service.team,
    tier: service.tier,
    sli: {
      kind: "availability",
      requests: {
        metric: NAMES.requests,
        matchers: [matcher(NAMES.serviceLabel, serviceName), matcher(NAMES.routeLabel, route)],
      },
      failed: [SERVER_ERRORS],
    },
    objectives: over(0.999, 30),
    runbookUrl: runbookUrl("HighErrorRate"),
  });
}

/** The routes that journeys pass: service, name of the SLO, route. */
const JOURNEY_ROUTES = [
  ["web", "product-page", "/product"],
  ["search", "suggestions", "/suggest"],
  ["checkout", "cart", "/cart"],
  ["checkout", "payment", "/pay"],
  ["auth", "login", "/login"],
  ["inference-gateway", "completions", "/v1/completions"],
] as const;

/** Requests to the model never dry up: less than this and the callers cannot reach it. */
function throughputSlo(runbookUrl: RunbookUrl): SloDefinition {
  return slo({
    name: "throughput",
    description: "Five minutes at a time with at least 2 requests a second.",
    service: "inference-gateway",
    owner: "ml-platform",
    tier: "essential",
    sli: {
      kind: "throughput",
      events: { metric: NAMES.requests, matchers: [matcher(NAMES.serviceLabel, "inference-gateway")] },
      perSecond: { operator: ">=", value: 2 },
    },
    budgeting: BY_FIVE_MINUTES,
    objectives: over(0.995, 7),
    runbookUrl: runbookUrl("HighErrorRate"),
  });
}

/** Two horizons, and a budget for each node: what one of two nodes spends does not hide behind the other. */
function sessionSlo(runbookUrl: RunbookUrl): SloDefinition {
  return {
    ...routeSlo(["auth", "sessions-by-node", "/session"], runbookUrl),
    objectives: [...over(0.999, 7), ...over(0.9995, 30)],
    groupBy: [NAMES.nodeLabel],
  };
}

/** The SLOs of the demo's services. */
export function serviceSlos(runbookUrl: RunbookUrl): SloDefinition[] {
  const ofServices = SERVICES.flatMap((service) =>
    service.kind === "batch" ? batchSlos(service, runbookUrl) : requestSlos(service, runbookUrl),
  );
  const ofRoutes = JOURNEY_ROUTES.map((route) => routeSlo(route, runbookUrl));
  return [...ofServices, ...ofRoutes, throughputSlo(runbookUrl), sessionSlo(runbookUrl)];
}
