import { z } from "zod";
import { ALERT_STATES } from "#lib/domain/alerts/alert-states.ts";
import { FiringAlert } from "./cluster.ts";
import { Phase, Severity } from "./incident-events.ts";

const moment = z.iso.datetime();
const name = z.string().min(1).max(253);
export const AlertState = z.enum(ALERT_STATES);
export type AlertState = z.infer<typeof AlertState>;

/** What keeps an alert quiet; of a silence that could not be read the id alone is known. */
export const SuppressedBy = z.object({
  silences: z.array(
    z.object({
      id: z.string(),
      author: z.string().nullable(),
      reason: z.string().nullable(),
      endsAt: moment.nullable(),
    }),
  ),
  /** The alerts that inhibit it; without a name where the viewer may not see them. */
  inhibitors: z.array(z.object({ fingerprint: z.string(), name: z.string().nullable() })),
});

export const Alert = FiringAlert.extend({
  state: AlertState,
  suppressedBy: SuppressedBy.nullable(),
  incident: z.object({ id: z.string(), phase: Phase, severity: Severity }).nullable(),
  /** Where no source tells of it just now: when one last did. */
  lastSeenAt: moment.nullable(),
  /** How often it began to fire in the last 24 hours. */
  flaps: z.int(),
});
export type Alert = z.infer<typeof Alert>;

export const ListAlerts = z.strictObject({
  q: z.string().max(200).optional(),
  service: name.optional(),
  node: name.optional(),
  status: AlertState.optional(),
  /** Label matchers as `severity="page", service=~"check.*"`. */
  match: z.string().max(2_000).optional(),
  /** A label to count by. */
  groupBy: name.optional(),
  /** How many are listed; 100 unless said. */
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type ListAlerts = z.infer<typeof ListAlerts>;

export const AlertList = z.object({
  /** As many as are asked for, those that want somebody first. */
  alerts: z.array(Alert),
  /** Of all that match, whatever their state. */
  counts: z.record(AlertState, z.int()),
  /** How many more match than are listed. */
  more: z.int(),
  /** With `groupBy`: values of the label among all that match, the most frequent first, at most 100. */
  groups: z.array(z.object({ value: z.string(), count: z.int() })),
  moreGroups: z.int(),
  /** Whether an alert named Watchdog arrives: without it nothing proves that alerts do. */
  watchdog: z.boolean(),
});
export type AlertList = z.infer<typeof AlertList>;

export const OneAlert = z.strictObject({ fingerprint: z.string().min(1).max(64) });
export const AlertFiring = z.object({
  source: z.string(),
  startsAt: moment,
  endsAt: moment.nullable(),
  /** Where the end is inferred: when it fired for certain. */
  endNotBefore: moment.nullable(),
  incidentId: z.string().nullable(),
});
export type AlertFiring = z.infer<typeof AlertFiring>;

/** What one alert did over the last 30 days. */
export const AlertHistory = z.object({
  fingerprint: z.string(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  from: moment,
  to: moment,
  /** The newest first, at most 500. */
  firings: z.array(AlertFiring),
  firingSeconds: z.number(),
  flaps: z.int(),
});
export type AlertHistory = z.infer<typeof AlertHistory>;
