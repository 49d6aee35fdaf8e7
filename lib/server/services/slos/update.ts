import "server-only";
import { PatchSlo, type SavedSlo } from "#lib/contracts/slos.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import type { SloRecord } from "#lib/server/db/slo.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { refuseRetroactive } from "./check.ts";
import { requireOwnSource, saveWish } from "./save.ts";
import { requireSlo, shownDefinition } from "./visibility.ts";

function requireCurrent(slo: SloRecord, read: { version: number; revision?: number | undefined }): void {
  const { version, revision = slo.revision } = read;
  if (slo.version === version && slo.revision === revision) return;
  throw new AppError("conflict", `${slo.key} was changed meanwhile: version ${slo.version} is current`, {
    current: { version: slo.version, revision: slo.revision, definition: shownDefinition(slo) },
  });
}

/**
 * Changes what an SLO says, in a new version; the versions before it keep their past.
 * @throws `invalid` naming each field, `not_found`, and `conflict` with the current state
 */
export async function updateSlo(actor: Actor, input: unknown, caller: Caller): Promise<SavedSlo> {
  authorize(actor, "slos:draft");
  const { id, definition, draft = false, reason = null, ...read } = parseInput(PatchSlo, input);
  return transaction(async (tx) => {
    const slo = await requireSlo(tx, id, actor);
    requireOwnSource(slo);
    requireCurrent(slo, read);
    refuseRetroactive(definition, slo.definition, Date.now());
    return saveWish(tx, actor, caller, slo, { definition, draft, reason });
  });
}
