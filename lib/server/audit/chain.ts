import "server-only";
import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "#lib/domain/audit/canonical-json.ts";

/** What the first record names as its predecessor. */
export const CHAIN_START = "0".repeat(64);

/** What a record's hash covers, beside its number and its predecessor's hash. */
export interface AuditFields {
  at: Date;
  actorId: string;
  actorKind: string;
  tokenId: string | null;
  action: string;
  resourceType: string;
  resourceId: string;
  before: Json;
  after: Json;
  requestId: string;
}

/** A record as it stands in the chain. */
export interface AuditRecord extends AuditFields {
  seq: number;
  previousHash: string;
  hash: string;
}

/** SHA-256 of the record's canonical JSON (RFC 8785) without its own hash, hexadecimal. */
export function auditHash(record: Omit<AuditRecord, "hash">): string {
  const { seq, previousHash, at, actorId, actorKind, tokenId, action } = record;
  const { resourceType, resourceId, before, after, requestId } = record;
  const who = { seq, previousHash, at: at.toISOString(), actorId, actorKind, tokenId, action };
  const text = canonicalJson({ ...who, resourceType, resourceId, before, after, requestId });
  return createHash("sha256").update(text).digest("hex");
}

/** Where a walk along the chain stands. */
export interface ChainEnd {
  seq: number;
  hash: string;
}

/** What is wrong with `record` as the one that follows `end`; null when nothing is. */
export function breakAfter(end: ChainEnd, record: AuditRecord): { seq: number; why: string } | null {
  const expected = end.seq + 1;
  if (record.seq !== expected) {
    const last = record.seq - 1;
    return {
      seq: expected,
      why: last === expected ? "the record is missing" : `records ${expected} to ${last} are missing`,
    };
  }
  if (record.previousHash !== end.hash) {
    return { seq: record.seq, why: "it does not follow from the record before it" };
  }
  if (record.hash !== auditHash(record)) {
    return { seq: record.seq, why: "its content does not match its hash" };
  }
  return null;
}
