import { z } from "zod";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const field = visibleText(200).optional();
/** PostgreSQL knows no year 0, and no larger integer. */
const bound = moment.refine((text) => !text.startsWith("0000"), "must lie after the year 0").optional();
const MAX_SEQ = 2_147_483_647;

/**
 * One record. `actorId` and `details` hold opaque ids only; names and addresses live beside the record,
 * outside its hash, so that a person can be erased and the chain stays whole.
 */
export const AuditEntry = z.object({
  seq: z.int(),
  at: moment,
  actorId: z.string(),
  actorKind: z.string(),
  tokenId: z.string().nullable(),
  action: z.string(),
  resourceType: z.string(),
  resourceId: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  requestId: z.string(),
  previousHash: z.string(),
  hash: z.string(),
  /** null once erased. */
  actorName: z.string().nullable(),
  address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditFilter = z.strictObject({
  actor: field,
  action: field,
  resource: field,
  from: bound,
  to: bound,
});
export type AuditFilter = z.infer<typeof AuditFilter>;
export const ListAudit = z.strictObject({
  ...AuditFilter.shape,
  /** Entries before this one; as answered in `nextCursor`. */
  cursor: z.coerce.number().int().min(1).max(MAX_SEQ).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const AuditPage = z.object({ entries: z.array(AuditEntry), nextCursor: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;
export const ExportAudit = z.strictObject({ ...AuditFilter.shape, format: z.enum(["csv", "json"]) });

/** `head` is the newest record's hash: kept elsewhere, it shows later whether the end was cut off. */
export const AuditVerdict = z.object({
  ok: z.boolean(),
  records: z.int(),
  head: z.string().nullable(),
  firstBroken: z.object({ seq: z.int(), why: z.string() }).optional(),
});
export type AuditVerdict = z.infer<typeof AuditVerdict>;

/** Where records are sent as they are written. The secret signs them and can be set, never read. */
export const AuditSink = z.object({
  url: z.url(),
  hasSecret: z.literal(true),
  sentSeq: z.int(),
  pending: z.int(),
  lastError: z.string().nullable(),
  failedSince: moment.nullable(),
  version: z.int(),
});
export type AuditSink = z.infer<typeof AuditSink>;
export const PutAuditSink = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).max(2000),
  /** Left out, the one that is set stays. */
  secret: z.string().min(16).max(200).optional(),
});
