import { z } from "zod";
import type { SEVERITIES } from "#lib/domain/incidents/severity.ts";
import { ChannelChoice, RoutingDocument, TimeOfDay, Zone } from "./notifications.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);
const rotationName = visibleText(60);

export const Rotation = z.strictObject({
  name: rotationName,
  people: z.array(id).min(1, "at least one person").max(50),
  startsOn: z.iso.date().refine((day) => day >= "2000", "lies before the year 2000"),
  lengthDays: z.int().min(1).max(90),
  handoverAt: TimeOfDay,
  zone: Zone,
});
export const Override = z
  .strictObject({ rotation: rotationName, personId: id, from: moment, to: moment })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "must lie after the beginning" });
export const OnCallDocument = z
  .strictObject({ rotations: z.array(Rotation).max(20), overrides: z.array(Override).max(200) })
  .superRefine(({ rotations, overrides }, context) => {
    const names = new Set<string>();
    rotations.forEach(({ name }, at) => {
      if (names.has(name))
        context.addIssue({ code: "custom", path: ["rotations", at, "name"], message: "is taken" });
      names.add(name);
    });
    overrides.forEach(({ rotation }, at) => {
      if (!names.has(rotation))
        context.addIssue({ code: "custom", path: ["overrides", at, "rotation"], message: "is no rotation" });
    });
  });
export type OnCallDocument = z.infer<typeof OnCallDocument>;

const EscalationPath = z.strictObject({
  steps: z
    .array(z.strictObject({ rotations: z.array(rotationName).max(20), channels: ChannelChoice }))
    .max(10),
  everyMinutes: z.int().min(1).max(10_080),
  rounds: z.int().min(1).max(20),
});
export const EscalationDocument = z.strictObject({
  paths: z.strictObject({
    P1: EscalationPath,
    P2: EscalationPath,
    P3: EscalationPath,
    P4: EscalationPath,
  } satisfies Record<(typeof SEVERITIES)[number], z.ZodType>),
  /** Channels that reach one person alone. */
  reach: z
    .array(z.strictObject({ personId: id, channels: z.array(id).min(1, "at least one channel").max(10) }))
    .max(200),
});
export type EscalationDocument = z.infer<typeof EscalationDocument>;

/** The documents by their kind. */
export const POLICY_DOCUMENTS = {
  routing: RoutingDocument,
  on_call: OnCallDocument,
  escalation: EscalationDocument,
} as const;
export type PolicyKind = keyof typeof POLICY_DOCUMENTS;
export const PolicyKind = z.enum(["routing", "on_call", "escalation"]);
export type PolicyDocument<K extends PolicyKind> = z.infer<(typeof POLICY_DOCUMENTS)[K]>;

export const OnePolicy = z.strictObject({ kind: PolicyKind });
/** `version` is the one that the change was made on; 0 while none was saved. */
export const PutPolicy = z.strictObject({
  kind: PolicyKind,
  version: z.int().min(0),
  document: z.record(z.string(), z.unknown()),
});
/** A document in force. Version 0 is what holds until people save their own. */
export const Policy = z.object({
  kind: PolicyKind,
  version: z.int(),
  document: z.union([RoutingDocument, OnCallDocument, EscalationDocument]),
  savedAt: moment.nullable(),
  savedBy: Person.nullable(),
  /** Those whom the document names. */
  people: z.array(Person),
});
export type Policy = z.infer<typeof Policy>;

const Duty = z.object({ person: Person, from: moment, until: moment, standIn: z.boolean() });
export const OnCall = z.object({
  rotations: z.array(z.object({ rotation: z.string(), now: Duty.nullable(), next: Duty.nullable() })),
});
export type OnCall = z.infer<typeof OnCall>;
