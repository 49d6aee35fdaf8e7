import "server-only";
import type { z } from "zod";
import type { Measured } from "#lib/contracts/measured.ts";
import { OneSlo, type SloDetail } from "#lib/contracts/slos.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findMeasures } from "#lib/server/db/measure.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { findSloVersions } from "#lib/server/db/slo.repo.ts";
import { findStates } from "#lib/server/db/slo-state.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { currentStates, toHead } from "./entry.ts";
import { measuredStates } from "./measured-states.ts";
import { requireSlo } from "./visibility.ts";

/** One SLO with its versions and the budget of each objective and group. @throws `not_found` */
export async function getSlo(
  actor: Actor,
  input: unknown,
): Promise<Measured<{ slo: z.infer<typeof SloDetail> }>> {
  authorize(actor, "slos:read");
  const { id } = parseInput(OneSlo, input);
  const nowMs = Date.now();
  return read(async (tx) => {
    const slo = await requireSlo(tx, id, actor);
    const versions = await findSloVersions(tx, id);
    const states = await findStates(tx, [id]);
    const [measure] = slo.measureId === null ? [] : await findMeasures(tx, [slo.measureId]);
    const people = [...versions.map(({ actorId }) => actorId), ...(slo.draft ? [slo.draft.by] : [])];
    const names = await findPersonNames(tx, people);
    const person = (one: string) => ({ id: one, name: names.get(one) ?? null });
    const facts = { states, measure, nowMs };
    const detail = {
      ...toHead(slo, facts),
      definition: slo.definition,
      draft: slo.draft && { definition: slo.draft.definition, by: person(slo.draft.by) },
      versions: versions.map(({ version, at, actorId, reason }) => ({
        version,
        from: at.toISOString(),
        by: person(actorId),
        reason,
      })),
      budgets: currentStates(slo, facts).map(({ evaluated }) => evaluated.budget),
    };
    return measuredStates({ slo: detail }, states, nowMs);
  });
}
