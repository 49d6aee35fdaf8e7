import { z } from "zod";
import { TRANSITIONS } from "#lib/domain/incidents/lifecycle.ts";
import { readSeverity } from "#lib/domain/incidents/severity.ts";
import { EventBody, IncidentRole, IncidentTime, Phase, Severity, TypedBody } from "./incident-events.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
/** People mistype years; nothing that they tell of here happened before 2000. */
const sensibleMoment = moment.refine((at) => at >= "2000", "lies before the year 2000");
const id = z.string().min(1).max(64);
const title = visibleText(200);
const reason = visibleText(500);
/** In a query string a flag comes as text. */
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const version = z.int().min(1);
/** P1..P4; SEV1..SEV4 are taken for them. */
const severity = z
  .string()
  .transform((word, context) => {
    const read = readSeverity(word);
    if (read === null) context.addIssue({ code: "custom", message: "must be P1, P2, P3 or P4" });
    return read ?? "P4";
  })
  .pipe(Severity);
const name = z.string().min(1).max(253);

export const Incident = z.object({
  id,
  title: z.string(),
  severity: Severity,
  phase: Phase,
  open: z.boolean(),
  origin: z.enum(["alert", "manual"]),
  service: z.string().nullable(),
  node: z.string().nullable(),
  startedAt: moment.nullable(),
  detectedAt: moment,
  acknowledgedAt: moment.nullable(),
  mitigatedAt: moment.nullable(),
  resolvedAt: moment.nullable(),
  closedAt: moment.nullable(),
  roles: z.object({
    commander: Person.nullable(),
    communications: Person.nullable(),
    scribe: Person.nullable(),
  }),
  mergedInto: z.string().nullable(),
  /** When somebody has to have acknowledged it, from its detection or its last reopening; null where the clock does not run (acknowledged, over). */
  respondBy: moment.nullable(),
  firingAlerts: z.int(),
  escalations: z.int(),
  version,
});
export type Incident = z.infer<typeof Incident>;

/** An entry of a timeline; `revisions` are what it said before, oldest first. */
export const TimelineEntry = z.object({
  /** A number as text: it outgrows JavaScript's. */
  seq: z.string(),
  at: moment,
  recordedAt: moment,
  by: Person,
  body: EventBody,
  pinned: z.boolean(),
  /** Which edit this is; 1 as first written. */
  revision: z.int(),
  revisions: z.array(
    z.object({ seq: z.string(), recordedAt: moment, by: Person, at: moment, body: EventBody }),
  ),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const RelatedAlert = z.object({
  source: z.string(),
  fingerprint: z.string(),
  name: z.string(),
  summary: z.string(),
  labels: z.record(z.string(), z.string()),
  runbookUrl: z.string().nullable(),
  startsAt: moment,
  endsAt: moment.nullable(),
  /** Where the end is inferred: when it fired for certain. */
  endNotBefore: moment.nullable(),
});
export type RelatedAlert = z.infer<typeof RelatedAlert>;

export const IncidentDetail = z.object({
  ...Incident.shape,
  possible: z.array(z.enum(TRANSITIONS)),
  /** At most 200: those that fire, then those that ended, the newest first. */
  alerts: z.array(RelatedAlert),
  /** Of all that belong to it. */
  alertCounts: z.object({ firing: z.int(), ended: z.int() }),
  /** SLOs of what it is about, with the share of each budget that was spent while it lasted. */
  slos: z.array(
    z.object({
      id,
      key: z.string(),
      status: z.string(),
      spentRatio: z.number().nullable(),
      target: z.number(),
    }),
  ),
  /** Other open incidents that touch the same service or SLOs, which are named: one to merge with, perhaps. */
  related: z.array(
    z.object({ id, title: z.string(), severity: Severity, phase: Phase, shared: z.array(z.string()) }),
  ),
  durations: z.object({
    detectSeconds: z.number().nullable(),
    acknowledgeSeconds: z.number().nullable(),
    mitigateSeconds: z.number().nullable(),
    resolveSeconds: z.number().nullable(),
  }),
});
export type IncidentDetail = z.infer<typeof IncidentDetail>;

export const ListIncidents = z.strictObject({
  q: z.string().max(200).optional(),
  service: name.optional(),
  node: name.optional(),
  severity: Severity.optional(),
  phase: Phase.optional(),
  open: flag.optional(),
  from: moment.optional(),
  to: moment.optional(),
  /** The id after which the page begins. */
  cursor: id.optional(),
});
export type ListIncidents = z.infer<typeof ListIncidents>;

export const IncidentPage = z.object({
  data: z.object({ incidents: z.array(Incident) }),
  nextCursor: z.string().nullable(),
});
export type IncidentPage = z.infer<typeof IncidentPage>;

export const CreateIncident = z.strictObject({
  title,
  severity,
  service: name.nullable().default(null),
  node: name.nullable().default(null),
  startedAt: sensibleMoment.nullable().default(null),
});
export type CreateIncident = z.infer<typeof CreateIncident>;
export const OneIncident = z.strictObject({ id });

/** One change at a time; `version` is the one that the change was made on. */
export const PatchIncident = z.strictObject({
  id,
  version,
  title: title.optional(),
  severity: z.strictObject({ to: severity, reason }).optional(),
  role: z.strictObject({ role: IncidentRole, personId: id.nullable() }).optional(),
  time: z.strictObject({ field: IncidentTime, to: sensibleMoment.nullable() }).optional(),
});
export type PatchIncident = z.infer<typeof PatchIncident>;

export const TransitIncident = z.strictObject({
  id,
  transition: z.enum(TRANSITIONS),
  /** Where it is given, the transition is refused when another change was faster. */
  version: version.optional(),
  note: z.string().trim().max(2_000).nullable().default(null),
});
export const MergeIncident = z.strictObject({ id, into: id, version });

export const ListEvents = z.strictObject({
  id,
  /** Only entries touched after this number. */
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .default("0"),
});
export const WriteEvent = z.strictObject({
  id,
  at: sensibleMoment.optional(),
  body: TypedBody,
});
export const EditEvent = z.strictObject({
  id,
  seq: z.string().regex(/^\d{1,18}$/),
  revision: z.int().min(1),
  at: sensibleMoment.optional(),
  body: TypedBody.optional(),
  pinned: z.boolean().optional(),
});
export const Timeline = z.object({ entries: z.array(TimelineEntry), head: z.string() });
export type Timeline = z.infer<typeof Timeline>;
