import type { ServiceState } from "#lib/domain/signals/assess-service.ts";
import type { VersionChange } from "#lib/domain/signals/build-info.ts";
import { type Level, statusOfLevel } from "#lib/domain/status/status.ts";
import { writePerSecond, writeRatio, writeSeconds, writeTimes } from "#lib/domain/words/figures.ts";
import { clockUtc, requestsInWords } from "#lib/domain/words/language.ts";
import { type RankedFinding, URGENCY } from "./finding.ts";
import { type Onset, onsetWords, suspectDeploy } from "./onset.ts";

/** What more is known of a service in trouble. */
export interface Trouble {
  errorsSince: Onset | null;
  latencySince: Onset | null;
  /** "POST /pay": the route with most failures, or the slowest. */
  failingRoute: string | null;
}
export interface TroubleFacts {
  nowMs: number;
  deploys: readonly VersionChange[];
  troubles: ReadonlyMap<string, Trouble>;
}

const isBad = (level: Level): boolean => level === "CRITICAL" || level === "WARNING";
const NO_TROUBLE: Trouble = { errorsSince: null, latencySince: null, failingRoute: null };

/** What needs attention about one service. */
export function serviceFindings(service: ServiceState, facts: TroubleFacts): RankedFinding[] {
  const { errors, latency, traffic, saturation } = service.signals;
  const findings: RankedFinding[] = [];
  if (isBad(errors.level)) findings.push(errorsFinding(service, facts));
  if (isBad(latency.level)) findings.push(latencyFinding(service, facts));
  if (isBad(traffic.level)) findings.push(trafficFinding(service));
  if (isBad(saturation.level)) findings.push(saturationFinding(service));
  if (service.batch && isBad(service.batch.level)) findings.push(batchFinding(service));
  return findings;
}

function base(service: ServiceState, what: string, level: Level) {
  return {
    id: `service/${service.name}/${what}`,
    status: statusOfLevel(level),
    subject: { kind: "service", name: service.name },
  } as const;
}

/** "POST /pay fails most, since 14:21 UTC, after v2.14 (14:19 UTC)" and the step that follows from it. */
function circumstances(
  service: ServiceState,
  onset: Onset | null,
  route: string | null,
  facts: TroubleFacts,
) {
  const deploy = suspectDeploy(facts.deploys, service.name, onset, facts.nowMs);
  const since = onsetWords(onset, facts.nowMs);
  const words = [
    ...(route ? [`${route} fails most`] : []),
    ...(since ? [since] : []),
    ...(deploy ? [`after ${deploy.version} (${clockUtc(deploy.atMs)})`] : []),
  ];
  const back = deploy?.previous ? `Roll back to ${deploy.previous}` : null;
  return { words: words.join(", "), since, back };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
const spaced = (text: string): string => (text ? ` ${text}` : "");

function errorsFinding(service: ServiceState, facts: TroubleFacts): RankedFinding {
  const { level, ratio, reason } = service.signals.errors;
  const { errorsSince, failingRoute } = facts.troubles.get(service.name) ?? NO_TROUBLE;
  const { words, since, back } = circumstances(service, errorsSince, failingRoute, facts);
  const look = `Read the error logs of ${failingRoute ?? service.name}`;
  return {
    ...base(service, "errors", level),
    title: `${service.name} errors ${writeRatio(ratio)}`,
    reason: sentence(words ? `${words}` : reason),
    nextStep: sentence(back ? `${back}, or ${look.toLowerCase().charAt(0)}${look.slice(1)}` : look),
    urgency: URGENCY.errors + Math.min(9, 10 * (ratio ?? 0)),
    clause: { text: `${service.name} is failing ${requestsInWords(ratio ?? 1)}`, tail: spaced(since) },
  };
}

function latencyFinding(service: ServiceState, facts: TroubleFacts): RankedFinding {
  const { level, p99Seconds, thresholdSeconds } = service.signals.latency;
  const { latencySince } = facts.troubles.get(service.name) ?? NO_TROUBLE;
  const { words, since, back } = circumstances(service, latencySince, null, facts);
  const over = `limit ${writeSeconds(thresholdSeconds)}`;
  return {
    ...base(service, "latency", level),
    title: `${service.name} p99 ${writeSeconds(p99Seconds)}`,
    reason: sentence(words ? `${over}; over it ${words}` : over),
    nextStep: sentence(back ?? "Compare its slowest route, its saturation and the services it calls"),
    urgency: URGENCY.latency + Math.min(9, (p99Seconds ?? 0) / thresholdSeconds),
    clause: {
      text: `${service.name} is slow (p99 ${writeSeconds(p99Seconds)})`,
      tail: spaced(since),
    },
  };
}

function trafficFinding(service: ServiceState): RankedFinding {
  const { level, ratio, requestsPerSecond, baselinePerSecond } = service.signals.traffic;
  const { latency } = service.signals;
  const unmoved = latency.level === "OK" ? "; latency is inside its limit" : "";
  const rises = (ratio ?? 1) > 1;
  return {
    ...base(service, "traffic", level),
    title: `${service.name} traffic ${writeTimes(ratio)} its usual`,
    reason: `Usual at this hour ${writePerSecond(baselinePerSecond)}, now ${writePerSecond(requestsPerSecond)}${unmoved}.`,
    nextStep: rises
      ? "Find who sends it, and whether the pods have room for more."
      : "Check what stands in front of it: ingress, callers, DNS.",
    urgency: URGENCY.traffic + Math.min(9, rises ? (ratio ?? 1) : 1 / Math.max(ratio ?? 1, 0.1)),
    clause: { text: `${service.name} has ${writeTimes(ratio)} its usual traffic`, tail: "" },
  };
}

function saturationFinding(service: ServiceState): RankedFinding {
  const { level, ratio, resource, subject, reason } = service.signals.saturation;
  const advice = resource === "memory" ? "before it is killed for it" : "before it is throttled";
  return {
    ...base(service, "saturation", level),
    title: `${service.name} ${resource === "cpu" ? "CPU" : resource} ${writeRatio(ratio)} of its limit`,
    reason: sentence(reason),
    nextStep: `Raise the limit of ${subject} or add a replica ${advice}.`,
    urgency: URGENCY.gauge + 9 * Math.min(1, ratio ?? 0),
    clause: {
      text: `${service.name} uses ${writeRatio(ratio)} of its ${resource === "cpu" ? "CPU" : resource} limit`,
      tail: "",
    },
  };
}

function batchFinding(service: ServiceState): RankedFinding {
  const { level, reason, lastSuccessAgeSeconds, failuresLastDay } = service.batch!;
  const age = writeSeconds(lastSuccessAgeSeconds);
  const text =
    lastSuccessAgeSeconds === null
      ? `${service.name} has had no successful run`
      : `${service.name} last succeeded ${age} ago`;
  return {
    ...base(service, "batch", level),
    title:
      lastSuccessAgeSeconds === null
        ? `${service.name}: no success`
        : `${service.name}: ${age} since success`,
    reason: sentence(reason),
    nextStep: failuresLastDay
      ? `Read the logs of ${service.name}'s failed run, then run it again.`
      : `Check that ${service.name} was started at all, then run it.`,
    urgency: URGENCY.batch + Math.min(9, (lastSuccessAgeSeconds ?? 0) / 86_400),
    clause: { text, tail: "" },
  };
}
