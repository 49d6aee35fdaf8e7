import "server-only";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findDecision } from "#lib/server/db/decision.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import type { StoredDecision } from "#lib/server/gate/record-hash.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { isVisible } from "#lib/server/services/catalogue/visibility.ts";

/** The services whose releases an actor may see; null: all there are and ever were. */
export async function visibleServices(actor: Actor): Promise<string[] | null> {
  if (actor.confinement.length === 0) return null;
  return (await readCatalogue()).filter((one) => isVisible(one, actor)).map(({ name }) => name);
}

/** One record that the actor may see. @throws `not_found`, in the same words for what is out of sight */
export async function requireDecision(tx: Transaction, id: string, actor: Actor): Promise<StoredDecision> {
  const record = await findDecision(tx, id);
  const services = await visibleServices(actor);
  if (!record || (services !== null && !services.includes(record.service)))
    throw new AppError("not_found", `there is no decision record with the id ${JSON.stringify(id)}`);
  return record;
}
