import "server-only";
import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "#lib/domain/audit/canonical-json.ts";
import type { Chained } from "#lib/server/hash-chain.ts";

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
export interface AuditRecord extends AuditFields, Chained {}

/** SHA-256 of the record's canonical JSON (RFC 8785) without its own hash, hexadecimal. */
export function auditHash(record: Omit<AuditRecord, "hash">): string {
  const { seq, previousHash, at, actorId, actorKind, tokenId, action } = record;
  const { resourceType, resourceId, before, after, requestId } = record;
  const who = { seq, previousHash, at: at.toISOString(), actorId, actorKind, tokenId, action };
  const text = canonicalJson({ ...who, resourceType, resourceId, before, after, requestId });
  return createHash("sha256").update(text).digest("hex");
}
