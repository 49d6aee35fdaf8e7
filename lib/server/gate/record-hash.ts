import "server-only";
import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "#lib/domain/audit/canonical-json.ts";
import type { Decision } from "#lib/domain/gate/decision.ts";
import type { Chained } from "#lib/server/hash-chain.ts";

/** What is written down of a decision, or of what became of it. */
export interface DecisionFields {
  id: string;
  at: Date;
  kind: string;
  service: string;
  releaseId: string | null;
  actorId: string;
  decision: Decision | null;
  body: Json;
}

/** A record as it stands in the chain. */
export interface StoredDecision extends DecisionFields, Chained {}

/** The text that a record's hash is of: its canonical JSON (RFC 8785) without the hash itself. */
export function hashedText(record: Omit<StoredDecision, "hash">): string {
  const { seq, previousHash, id, at, kind, service, releaseId, actorId, decision, body } = record;
  const what = { seq, previousHash, id, at: at.toISOString(), kind, service, releaseId };
  return canonicalJson({ ...what, actorId, decision, body });
}

/** SHA-256 of a record, hexadecimal. */
export function decisionHash(record: Omit<StoredDecision, "hash">): string {
  return sha256(hashedText(record));
}

/** SHA-256 of a text, hexadecimal. */
export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}
