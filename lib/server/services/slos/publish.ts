import "server-only";
import { PublishSlo, type SavedSlo } from "#lib/contracts/slos.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { refuseRetroactive } from "./check.ts";
import { requireOwnSource, saveWish } from "./save.ts";
import { requireSlo } from "./visibility.ts";

/** Puts an SLO's draft in force. @throws `not_found`, `invalid` without a draft, `conflict` when it was changed meanwhile */
export async function publishSlo(actor: Actor, input: unknown, caller: Caller): Promise<SavedSlo> {
  authorize(actor, "slos:publish");
  const { id, revision, reason = null } = parseInput(PublishSlo, input);
  return transaction(async (tx) => {
    const slo = await requireSlo(tx, id, actor);
    requireOwnSource(slo);
    if (!slo.draft) throw new AppError("invalid", `${slo.key} has no draft`);
    if (slo.revision !== revision) throw new AppError("conflict", `${slo.key} was changed meanwhile`);
    refuseRetroactive(slo.draft.definition, slo.definition, Date.now());
    return saveWish(tx, actor, caller, slo, { definition: slo.draft.definition, draft: false, reason });
  });
}
