import type { Occurrence } from "../alerts/occurrence.ts";
import { actionOf, type AlertPlace } from "../alerts/alert-place.ts";
import { graver, type Severity, severityOfAlert } from "./severity.ts";

/** An alert that fires again within it continues the incident (DOMAIN 4). */
export const REFIRE_WITHIN_MS = 30 * 60_000;
/** An incident without a firing alert for so long resolves by itself. */
export const QUIET_RESOLVES_AFTER_MS = 10 * 60_000;

/** The incident that alerts of a key would belong to: the open one, else the one that ended last. */
export interface CurrentIncident {
  severity: Severity;
  open: boolean;
  resolvedAtMs: number | null;
  /** Somebody said that it is over, knowing what fired; not the quiet by itself. */
  resolvedByHand: boolean;
}

/** Alerts of one key that are new to us. */
export interface Arrivals {
  place: AlertPlace;
  tier: string | null;
  occurrences: readonly Occurrence[];
}

/**
 * What becomes of the incident of a key: `raiseTo` where the alerts are graver than it is held to be, `detectedAtMs`
 * when the first of them began to fire.
 */
export type Following =
  | { kind: "none" }
  | { kind: "open"; severity: Severity; detectedAtMs: number }
  | { kind: "join" | "reopen"; raiseTo: Severity | null; detectedAtMs: number };

/** The gravest severity of some alerts; null where none of them asks anything of anybody. */
export function severityOf(occurrences: readonly Occurrence[], tier: string | null): Severity | null {
  return occurrences
    .map(({ labels }) => severityOfAlert(actionOf(labels), tier))
    .reduce<Severity | null>((worst, one) => (worst && one ? graver(worst, one) : (worst ?? one)), null);
}

function continues(incident: CurrentIncident, occurrences: readonly Occurrence[]): boolean {
  if (incident.open) return true;
  const resolvedAtMs = incident.resolvedAtMs ?? -Infinity;
  return occurrences.some(({ startsAtMs }) => startsAtMs <= resolvedAtMs + REFIRE_WITHIN_MS);
}

/**
 * The refire that an incident is opened again for; a late word of an alert that is over is none. Nor is, where a person
 * resolved it, an alert of before that was held back until then: their word counts until something begins anew.
 */
function isRefire({ resolvedAtMs, resolvedByHand }: CurrentIncident, one: Occurrence): boolean {
  const resolvedMs = resolvedAtMs ?? Infinity;
  if (resolvedByHand) return one.startsAtMs > resolvedMs;
  return one.end === null || one.end.atMs > resolvedMs;
}

/**
 * What new alerts of a key do to its incident. Alerts that ask nothing of anybody do nothing. An alert that is over when
 * we first hear of it counts as if it had been told in time, so that the order of deliveries does not matter; one that
 * has been over for longer than a refire would matter is history.
 */
export function followAlerts(current: CurrentIncident | null, arrivals: Arrivals, nowMs: number): Following {
  const recent = arrivals.occurrences.filter(
    ({ end }) => end === null || nowMs - end.atMs <= REFIRE_WITHIN_MS,
  );
  const asking = recent.filter(({ labels }) => actionOf(labels) !== "none");
  const severity = severityOf(asking, arrivals.tier);
  if (severity === null) return { kind: "none" };
  const detectedAtMs = Math.min(...asking.map(({ startsAtMs }) => startsAtMs));
  if (!current || !continues(current, asking)) return { kind: "open", severity, detectedAtMs };
  const raiseTo = graver(severity, current.severity) === current.severity ? null : severity;
  const reopens = !current.open && asking.some((one) => isRefire(current, one));
  return { kind: reopens ? "reopen" : "join", raiseTo, detectedAtMs };
}

/** Since when an incident is quiet: the end of its last alert; null while one fires or it has none. */
export function quietSince(occurrences: readonly Occurrence[]): number | null {
  if (occurrences.length === 0) return null;
  const ends = occurrences.map(({ end }) => end?.atMs ?? Infinity);
  const last = Math.max(...ends);
  return Number.isFinite(last) ? last : null;
}
