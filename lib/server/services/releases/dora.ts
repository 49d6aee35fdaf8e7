import "server-only";
import { type Dora, DoraQuery } from "#lib/contracts/releases.ts";
import { type Delivered, doraFigures } from "#lib/domain/gate/outcome.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { type Delivered as Deployed, findDelivered } from "#lib/server/db/deployment.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { outcomesOf } from "#lib/server/gate/outcomes-of.ts";
import { visibleServices } from "#lib/server/services/decisions/visibility.ts";

const DAY_MS = 86_400_000;

const STATE_OF = { finished: "deployed", failed: "failed", rolled_back: "rolled_back" } as const;

function toDelivered({ release, startedAt, finishedAt, state }: Deployed): Delivered[] {
  if (state === "running") return [];
  return [
    {
      requestedAtMs: release?.requestedAt.getTime() ?? null,
      deployStartedAtMs: startedAt.getTime(),
      endedAtMs: finishedAt?.getTime() ?? null,
      state: STATE_OF[state],
      // The longest look says most.
      burned: (release && outcomesOf(release).at(-1)?.burned) ?? null,
    },
  ];
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
  const seen = found.filter((one) => services === null || services.includes(one.service));
  const delivered = seen.flatMap(toDelivered);
  return {
    service: service ?? null,
    days,
    ...doraFigures(delivered, days),
    outcomesKnown: delivered.filter(({ burned }) => burned !== null).length,
  };
}
