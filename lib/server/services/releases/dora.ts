import "server-only";
import { type Dora, DoraQuery } from "#lib/contracts/releases.ts";
import { type Delivered, doraFigures } from "#lib/domain/gate/outcome.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findDelivered, type ReleaseRecord } from "#lib/server/db/release.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { outcomesOf } from "#lib/server/gate/outcomes-of.ts";
import { visibleServices } from "#lib/server/services/decisions/visibility.ts";

const DAY_MS = 86_400_000;

function toDelivered(release: ReleaseRecord): Delivered {
  const { requestedAt, deployStartedAt, deployFinishedAt, state } = release;
  return {
    requestedAtMs: requestedAt.getTime(),
    deployStartedAtMs: (deployStartedAt ?? requestedAt).getTime(),
    endedAtMs: deployFinishedAt?.getTime() ?? null,
    state: state as Delivered["state"],
    // The longest look says most.
    burned: outcomesOf(release).at(-1)?.burned ?? null,
  };
}

/** DORA's four figures of a service, or of all that the actor may see. */
export async function getDora(actor: Actor, input: unknown): Promise<Dora> {
  authorize(actor, "releases:read");
  const { service, days } = parseInput(DoraQuery, input);
  const services = await visibleServices(actor);
  const since = new Date(Date.now() - days * DAY_MS);
  const found = await read((tx) =>
    findDelivered(tx, { since, ...(service === undefined ? {} : { service }) }),
  );
  const seen = found.filter((release) => services === null || services.includes(release.service));
  const delivered = seen.map(toDelivered);
  return {
    service: service ?? null,
    days,
    ...doraFigures(delivered, days),
    outcomesKnown: delivered.filter(({ burned }) => burned !== null).length,
  };
}
