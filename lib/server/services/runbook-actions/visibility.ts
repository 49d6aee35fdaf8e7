import "server-only";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import type { Target } from "#lib/domain/runbooks/condition.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findRun, type RunRecord } from "#lib/server/db/action-run.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { isVisible, unknownService } from "#lib/server/services/catalogue/visibility.ts";
import { incidentFilter } from "#lib/server/services/incidents/visibility.ts";

function invalid(path: string, message: string): AppError {
  return new AppError("invalid", `${path}: ${message}`, { fields: [{ path, message }] });
}

/** What a run names has to be what its action is for, no less and no more. @throws `invalid` */
function requireKind({ target }: GuardedAction, run: Target): void {
  for (const kind of ["service", "node"] as const) {
    if (target === kind && run[kind] === null) throw invalid(kind, `this action needs a ${kind}`);
    if (target !== kind && run[kind] !== null) throw invalid(kind, `this action is not for a ${kind}`);
  }
}

/**
 * Refuses a target that does not fit the action or that the actor may not see: whoever is limited by labels runs actions
 * of services that they see, and no others. @throws `invalid`, `not_found`, `forbidden`
 */
export async function requireTarget(actor: Actor, action: GuardedAction, run: Target): Promise<void> {
  requireKind(action, run);
  if (run.service !== null) {
    const known = (await readCatalogue()).find(({ name }) => name === run.service);
    if (!known || !isVisible(known, actor)) throw unknownService(run.service);
  } else if (actor.confinement.length > 0) {
    throw new AppError("forbidden", "whoever is limited by labels runs actions for services that they see");
  }
}

/** Which runs an actor may see: as with incidents, by the service. */
export const runFilter: (actor: Actor) => Promise<(run: Pick<RunRecord, "service">) => boolean> =
  incidentFilter;

/** One run that the actor may see. @throws `not_found`, in the same words for what is out of sight */
export async function requireRun(tx: Transaction, id: string, actor: Actor): Promise<RunRecord> {
  const run = await findRun(tx, id);
  if (run && (await runFilter(actor))(run)) return run;
  throw new AppError("not_found", `there is no run with the id ${JSON.stringify(id)}`);
}
