import "server-only";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findRelease, lockRelease, type ReleaseRecord } from "#lib/server/db/release.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { visibleServices } from "#lib/server/services/decisions/visibility.ts";

async function seen(release: ReleaseRecord | null, id: string, actor: Actor): Promise<ReleaseRecord> {
  const services = await visibleServices(actor);
  if (!release || (services !== null && !services.includes(release.service)))
    throw new AppError("not_found", `there is no release with the id ${JSON.stringify(id)}`);
  return release;
}

/** One release that the actor may see. @throws `not_found`, in the same words for what is out of sight */
export async function requireRelease(tx: Transaction, id: string, actor: Actor): Promise<ReleaseRecord> {
  return seen(await findRelease(tx, id), id, actor);
}

/** The same, locked until the transaction ends. @throws `not_found` */
export async function requireLocked(tx: Transaction, id: string, actor: Actor): Promise<ReleaseRecord> {
  return seen(await lockRelease(tx, id), id, actor);
}
