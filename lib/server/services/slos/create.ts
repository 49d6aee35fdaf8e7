import "server-only";
import { randomUUID } from "node:crypto";
import { CreateSlo, type SavedSlo } from "#lib/contracts/slos.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { findSlo, insertSlo } from "#lib/server/db/slo.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { refuseRetroactive, requireSound } from "./check.ts";
import { keyTaken } from "./put-in-force.ts";
import { saveWish } from "./save.ts";
import { requireUnconfined } from "#lib/server/auth/unconfined.ts";

/**
 * Makes an SLO; its history is fetched from then on. @throws `invalid` naming each field, `forbidden` for whoever is confined
 */
export async function createSlo(actor: Actor, input: unknown, caller: Caller): Promise<SavedSlo> {
  authorize(actor, "slos:draft");
  requireUnconfined(actor, "SLOs are written");
  const { definition, draft = false } = parseInput(CreateSlo, input);
  refuseRetroactive(definition, null, Date.now());
  return transaction(async (tx) => {
    await requireSound(tx, actor, definition);
    const key = sloKey(definition);
    const id = randomUUID();
    if (!(await insertSlo(tx, { id, key, source: "ui" }))) throw keyTaken(key);
    const slo = await findSlo(tx, id);
    if (!slo) throw new Error(`the SLO ${key} is gone`);
    return saveWish(tx, actor, caller, slo, { definition, draft, reason: null });
  });
}
