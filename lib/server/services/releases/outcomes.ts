import "server-only";
import { DoraQuery, type GateRecord, MOST_MISTAKES_SHOWN } from "#lib/contracts/releases.ts";
import { type Course, follow, mistakeOf, ratesOf } from "#lib/domain/gate/replay.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { countUncleared } from "#lib/server/db/deployment.repo.ts";
import { type DecidedRelease, findDecidedReleases } from "#lib/server/db/replay.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { visibleServices } from "#lib/server/services/decisions/visibility.ts";

const DAY_MS = 86_400_000;
const UNTOUCHED: Course = { departedOn: null, heldBack: false };

function courseOf({ evaluations, went }: DecidedRelease): Course {
  return evaluations.reduce((course, { decision, atMs }) => follow(course, decision, atMs, went), UNTOUCHED);
}

/**
 * How the gate did on the releases that were asked for within so many days, of one service or of all that the actor may
 * see: counted as the policy lab counts. @throws `invalid`
 */
export async function getGateRecord(actor: Actor, input: unknown): Promise<GateRecord> {
  authorize(actor, "releases:read");
  const { service, days } = parseInput(DoraQuery, input);
  const visible = await visibleServices(actor);
  const services =
    service === undefined ? visible : [service].filter((one) => visible === null || visible.includes(one));
  const since = new Date(Date.now() - days * DAY_MS);
  const [decided, wentOutUncleared] = await read((tx) =>
    Promise.all([findDecidedReleases(tx, { services, since }), countUncleared(tx, { services, since })]),
  );
  const followed = decided.map((one) => ({ one, course: courseOf(one), release: one.went }));
  const mistakes = followed.flatMap(({ one, course, release }) => {
    const kind = mistakeOf(course, release);
    const { id: releaseId, version, requestedAt } = one;
    return kind === null
      ? []
      : [{ kind, releaseId, service: one.service, version, requestedAt: requestedAt.toISOString() }];
  });
  return {
    service: service ?? null,
    days,
    releases: decided.length,
    ...ratesOf(followed),
    mistakes: mistakes.slice(0, MOST_MISTAKES_SHOWN),
    wentOutUncleared,
  };
}
