import { readAlerts, type ToldAlert } from "../findings/firing-alerts.ts";
import type { Phase } from "../incidents/lifecycle.ts";
import type { Severity } from "../incidents/severity.ts";
import type { Status } from "../status/status.ts";
import { actionOf } from "./alert-place.ts";
import { statusOfSeverity } from "./alert-severity.ts";

/** The states of an alert, those that want somebody first. */
export const ALERT_STATES = ["firing", "acknowledged", "suppressed", "pending"] as const;
export type AlertStanding = (typeof ALERT_STATES)[number];

/** The incident that an alert belongs to. */
export interface AlertIncident {
  id: string;
  phase: Phase;
  severity: Severity;
}

/** A firing as we keep it. */
export interface KnownFiring extends Omit<ToldAlert, "state"> {
  /** When a source last told of it; null for what Burnline sees itself. */
  lastSeenAt: string | null;
  incident: AlertIncident | null;
}

/** An alert of a source, with what keeps it quiet. */
export interface SeenAlert extends ToldAlert {
  suppressedBy?: { silences: readonly string[]; inhibitors: readonly string[] };
}

function standingOf(state: ToldAlert["state"], incident: AlertIncident | null): AlertStanding {
  if (state !== "firing") return state;
  const attended = incident !== null && incident.phase !== "DETECT" && incident.phase !== "LEARN";
  return attended ? "acknowledged" : "firing";
}

/** Rules name an objective, Burnline's own evaluation counts them. */
const OBJECTIVE_LABEL = "burnline_objective";

/** Whether a source tells of what Burnline sees itself: an alert of a generated rule carries the labels of ours. */
function isToldToo({ labels, lastSeenAt }: KnownFiring, told: readonly SeenAlert[]): boolean {
  if (lastSeenAt !== null) return false;
  const own = Object.entries(labels).filter(([label]) => label !== OBJECTIVE_LABEL);
  return told.some((one) => own.every(([label, value]) => one.labels[label] === value));
}

/** A rule without a severity is as grave as what it asks of people. */
function severityOf({ severity, labels }: { severity: string; labels: Record<string, string> }): string {
  const action = actionOf(labels);
  return labels.severity === undefined && action !== "none" ? action : severity;
}

const URGENCY: Partial<Record<Status, number>> = { critical: 0, warning: 1 };
const urgency = ({ severity }: { severity: string }) => URGENCY[statusOfSeverity(severity)] ?? 2;

/**
 * Alerts as their sources tell them now, with those that we know to fire and of which no source speaks just now: they
 * stay, marked by when they were last seen. A source's word on a state counts over ours; acknowledged is one that fires
 * and whose incident somebody is at.
 */
export function joinAlerts(
  managed: readonly SeenAlert[],
  ruled: readonly SeenAlert[],
  known: readonly KnownFiring[],
) {
  const latest = new Map([...known].reverse().map((one) => [one.fingerprint, one]));
  const told = new Map([...ruled, ...managed].map((one) => [one.fingerprint, one]));
  const kept = known
    .filter((one) => !told.has(one.fingerprint) && !isToldToo(one, [...told.values()]))
    .map((one): SeenAlert => ({ ...one, state: "firing" }));
  const all = readAlerts([...managed, ...kept], ruled).map((alert) => {
    const seen = told.get(alert.fingerprint);
    const own = latest.get(alert.fingerprint);
    const incident = own?.incident ?? null;
    return {
      ...alert,
      severity: severityOf(alert),
      state: standingOf(alert.state, incident),
      suppressedBy: (alert.state === "suppressed" && seen?.suppressedBy) || null,
      incident,
      /** Null where a source tells of it now. */
      lastSeenAt: seen ? null : (own?.lastSeenAt ?? null),
    };
  });
  const rank = ({ state }: { state: AlertStanding }) => ALERT_STATES.indexOf(state);
  return all.sort((a, b) => rank(a) - rank(b) || urgency(a) - urgency(b));
}

/** One piece of a strip: from and to as shares of its length, 0..1. */
export interface StripPiece {
  from: number;
  to: number;
}

/** Firings within a stretch of time, as pieces of a strip; one that still fires reaches its end. */
export function firingStrip(
  firings: readonly { startsAtMs: number; endsAtMs: number | null }[],
  fromMs: number,
  toMs: number,
): StripPiece[] {
  const share = (ms: number) => Math.min(1, Math.max(0, (ms - fromMs) / (toMs - fromMs)));
  return firings
    .filter(({ startsAtMs, endsAtMs }) => startsAtMs < toMs && (endsAtMs ?? toMs) > fromMs)
    .map(({ startsAtMs, endsAtMs }) => ({ from: share(startsAtMs), to: share(endsAtMs ?? toMs) }));
}
