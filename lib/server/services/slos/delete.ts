import "server-only";
import type { Done } from "#lib/contracts/access-routes.ts";
import { DeleteSlo } from "#lib/contracts/slos.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { findSlos, removeSlo } from "#lib/server/db/slo.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireOwnSource } from "./save.ts";
import { requireSlo } from "./visibility.ts";

/** Journeys that read the SLO. */
async function readersOf(tx: Transaction, key: string): Promise<string[]> {
  return (await findSlos(tx)).flatMap(({ definition, key: reader }) =>
    definition?.sli.kind === "composite" && definition.sli.steps.some(({ slo }) => slo === key)
      ? [reader]
      : [],
  );
}

/** Takes an SLO out of force; what was measured stays in the ledger. @throws `not_found`, `invalid` while a journey reads it */
export async function deleteSlo(actor: Actor, input: unknown, caller: Caller): Promise<Done> {
  authorize(actor, "slos:publish");
  const { id, reason } = parseInput(DeleteSlo, input);
  return transaction(async (tx) => {
    const slo = await requireSlo(tx, id, actor);
    requireOwnSource(slo);
    const readers = await readersOf(tx, slo.key);
    if (readers.length > 0) throw new AppError("invalid", `${slo.key} is a step of ${readers.join(", ")}`);
    await removeSlo(tx, id, new Date());
    await recordAudit(tx, actor, caller, {
      action: "slo.deleted",
      resource: { type: "slo", id },
      before: { key: slo.key, version: slo.version },
      ...(reason === undefined ? {} : { after: { reason } }),
    });
    return { done: true };
  });
}
