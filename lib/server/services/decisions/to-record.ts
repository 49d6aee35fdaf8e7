import "server-only";
import type { DecisionKind, DecisionRecord } from "#lib/contracts/decisions.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import type { StoredDecision } from "#lib/server/gate/record-hash.ts";

/** Records with the names of those who acted, as far as they are known. */
export async function toRecords(
  tx: Transaction,
  stored: readonly StoredDecision[],
): Promise<DecisionRecord[]> {
  const names = await findPersonNames(
    tx,
    stored.map(({ actorId }) => actorId),
  );
  return stored.map(({ actorId, at, kind, body, ...record }) => ({
    ...record,
    // Written by the gate alone.
    kind: kind as DecisionKind,
    body: body as Record<string, unknown>,
    at: at.toISOString(),
    actor: { id: actorId, name: names.get(actorId) ?? null },
  }));
}
