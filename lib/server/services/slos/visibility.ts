import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { SloRecord } from "#lib/server/db/slo.repo.ts";
import { findSlo } from "#lib/server/db/slo.repo.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { AppError } from "#lib/server/errors.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { isVisible } from "#lib/server/services/catalogue/visibility.ts";

/** What an SLO says now: what is in force, else its draft. */
export function shownDefinition({ definition, draft, key }: SloRecord): SloDefinition {
  const shown = definition ?? draft?.definition;
  if (!shown) throw new Error(`the SLO ${key} has neither a version nor a draft`);
  return shown;
}

/**
 * Which SLOs an actor may see. Budgets are measured for everybody at once, so whoever is confined sees those of the
 * services they may see whole, and neither nodes nor journeys.
 */
export async function sloFilter(
  actor: Actor,
): Promise<(definition: Pick<SloDefinition, "service">) => boolean> {
  if (actor.confinement.length === 0) return () => true;
  const visible = new Set(
    (await readCatalogue()).filter((one) => isVisible(one, actor)).map(({ name }) => name),
  );
  return ({ service }) => service !== null && visible.has(service);
}

/** One SLO that the actor may see. @throws `not_found`, in the same words for what is out of sight */
export async function requireSlo(tx: Transaction, id: string, actor: Actor): Promise<SloRecord> {
  const slo = await findSlo(tx, id);
  if (!slo || !(await sloFilter(actor))(shownDefinition(slo))) {
    throw new AppError("not_found", `there is no SLO with the id ${JSON.stringify(id)}`);
  }
  return slo;
}
