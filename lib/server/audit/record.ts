import "server-only";
import type { Actor } from "#lib/server/auth/actor.ts";
import { appendAudit } from "#lib/server/db/audit.repo.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { Caller } from "#lib/server/handle.ts";

/** Something that somebody did. Ids alone: no name, e-mail or address belongs into `before` and `after`. */
export interface AuditFact {
  /** What happened, as in "person.created". */
  action: string;
  resource: { type: string; id: string };
  before?: Readonly<Record<string, unknown>>;
  after?: Readonly<Record<string, unknown>>;
  /** Whose erasure also erases this record's address: nobody we know acted, and it may be theirs. */
  aboutPersonIds?: readonly string[];
}

/**
 * Appends one record to the audit log, in the transaction that does what it tells. Writers queue behind
 * one lock until they commit, so that each record's hash covers the one before it: do it last.
 */
export async function recordAudit(
  tx: Transaction,
  actor: Actor,
  caller: Pick<Caller, "requestId" | "address">,
  fact: AuditFact,
): Promise<void> {
  await appendAudit(tx, {
    at: new Date(),
    actorId: actor.id,
    actorKind: actor.kind,
    tokenId: actor.tokenId ?? null,
    action: fact.action,
    resourceType: fact.resource.type,
    resourceId: fact.resource.id,
    before: fact.before ?? null,
    after: fact.after ?? null,
    requestId: caller.requestId,
    personal: {
      personIds: [...new Set([actor.id, ...(fact.aboutPersonIds ?? [])])],
      address: caller.address,
    },
  });
}
