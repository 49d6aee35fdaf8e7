import { z } from "zod";
import { PHASES, TRANSITIONS } from "#lib/domain/incidents/lifecycle.ts";
import { SEVERITIES } from "#lib/domain/incidents/severity.ts";
import { TIER_KEYS } from "#lib/domain/slo/alerts/tiers.ts";
import { SLO_STATUSES } from "#lib/domain/slo/status/axes.ts";
import { SeriesData } from "./series.ts";

const moment = z.iso.datetime();
const figure = z.number().nullable();
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;
export const Phase = z.enum(PHASES);
export const IncidentRole = z.enum(["commander", "communications", "scribe"]);
export type IncidentRole = z.infer<typeof IncidentRole>;
/** Times of an incident that people may set right. */
export const IncidentTime = z.enum([
  "startedAt",
  "detectedAt",
  "acknowledgedAt",
  "mitigatedAt",
  "resolvedAt",
]);
export type IncidentTime = z.infer<typeof IncidentTime>;

/** Alerts as a timeline names them: the first few, and how many there were. */
const AlertsTold = {
  count: z.int(),
  alerts: z.array(z.object({ name: z.string(), summary: z.string(), fingerprint: z.string() })),
};
const markdown = z.string().trim().min(1).max(20_000);

/** What people type or take onto a timeline. */
export const TypedBody = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("note"), markdown }),
  /** The series as they were at that moment, not a picture of them. */
  z.strictObject({
    kind: z.literal("chart"),
    title: z.string().trim().min(1).max(200),
    query: z.string().max(10_000),
    data: SeriesData,
  }),
  z.strictObject({
    kind: z.literal("logs"),
    title: z.string().trim().min(1).max(200),
    query: z.string().max(10_000),
    lines: z.array(z.object({ at: moment, line: z.string().max(10_000) })).max(500),
  }),
]);

export type TypedBody = z.infer<typeof TypedBody>;

/** What comes of people: what they typed, and files, which are facts of their upload alone. */
export const WrittenBody = z.discriminatedUnion("kind", [
  ...TypedBody.options,
  z.strictObject({
    kind: z.literal("attachment"),
    attachmentId: z.string(),
    name: z.string(),
    bytes: z.int(),
  }),
]);
export type WrittenBody = z.infer<typeof WrittenBody>;

/** What happened, as a timeline keeps it. */
export const EventBody = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("opened"), title: z.string(), severity: Severity, ...AlertsTold }),
  z.object({ kind: z.literal("alerts_joined"), ...AlertsTold }),
  z.object({ kind: z.literal("alerts_ended"), ...AlertsTold }),
  z.object({
    kind: z.literal("transition"),
    transition: z.enum(TRANSITIONS),
    from: Phase,
    to: Phase,
    /** Burnline did it by itself. */
    automatic: z.boolean(),
    note: z.string().nullable(),
  }),
  z.object({ kind: z.literal("severity"), from: Severity, to: Severity, reason: z.string() }),
  z.object({ kind: z.literal("role"), role: IncidentRole, personId: z.string().nullable() }),
  z.object({ kind: z.literal("title"), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal("time"), field: IncidentTime, from: moment.nullable(), to: moment.nullable() }),
  ...WrittenBody.options,
  z.object({ kind: z.literal("pin"), of: z.string(), pinned: z.boolean() }),
  z.object({
    kind: z.literal("notification"),
    channel: z.string(),
    event: z.string(),
    outcome: z.enum(["sent", "dead", "dropped"]),
    detail: z.string().nullable(),
  }),
  z.object({ kind: z.literal("escalated"), step: z.int(), to: z.array(z.string()), reason: z.string() }),
  z.object({ kind: z.literal("merged"), from: z.string(), into: z.string() }),
  z.object({
    kind: z.literal("burn"),
    slo: z.string(),
    text: z.string(),
    budgetRemainingRatio: figure,
    /** Which budget of the SLO, and how it stood: the next look tells what is different by then. */
    sloId: z.string(),
    objective: z.int(),
    groupKey: z.string(),
    status: z.enum(SLO_STATUSES),
    firing: z.array(z.enum(TIER_KEYS)),
    worse: z.boolean(),
  }),
  z.object({ kind: z.literal("deploy"), service: z.string(), version: z.string(), text: z.string() }),
  z.object({
    kind: z.literal("action"),
    runbook: z.string(),
    action: z.string(),
    state: z.string(),
    detail: z.string().nullable(),
  }),
  /** What was to be done after it is overdue; told once. */
  z.object({ kind: z.literal("reminder"), actionItem: z.string(), text: z.string(), dueAt: moment }),
  z.object({
    kind: z.literal("postmortem"),
    version: z.int(),
    step: z.enum(["drafted", "published", "waived"]),
    reason: z.string().nullable(),
  }),
]);
export type EventBody = z.infer<typeof EventBody>;
export type EventKind = EventBody["kind"];
