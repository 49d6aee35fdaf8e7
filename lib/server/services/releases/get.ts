import "server-only";
import { OneRelease, type ReleaseDetail } from "#lib/contracts/releases.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toDetail } from "./to-release.ts";
import { requireRelease } from "./visibility.ts";

/** Where a release stands, for a script that reads no JSON: an approval whose lease is over is none. */
function stateNow({ state, leaseUntil }: ReleaseDetail): string {
  const over = leaseUntil === null || Date.parse(leaseUntil) <= Date.now();
  return state === "approved" && over ? "lapsed" : state;
}

/** One release with its newest decision. @throws `not_found` */
export async function getRelease(
  actor: Actor,
  input: unknown,
  caller?: Pick<Caller, "answerHeaders">,
): Promise<{ release: ReleaseDetail }> {
  authorize(actor, "releases:read");
  const { id } = parseInput(OneRelease, input);
  const release = await read(async (tx) => toDetail(tx, actor, await requireRelease(tx, id, actor)));
  caller?.answerHeaders.set("x-burnline-release-state", stateNow(release));
  return { release };
}
