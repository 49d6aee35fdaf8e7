import "server-only";
import { OneRelease, type ReleaseDetail } from "#lib/contracts/releases.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import { toDetail } from "./to-release.ts";
import { requireRelease } from "./visibility.ts";

/** One release with its newest decision. @throws `not_found` */
export function getRelease(actor: Actor, input: unknown): Promise<{ release: ReleaseDetail }> {
  authorize(actor, "releases:read");
  const { id } = parseInput(OneRelease, input);
  return read(async (tx) => ({ release: await toDetail(tx, actor, await requireRelease(tx, id, actor)) }));
}
