import "server-only";
import { ListReleases, type ReleasePage, type ReleaseState } from "#lib/contracts/releases.ts";
import { RELEASE_STATES } from "#lib/domain/gate/release-states.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findRelease, findReleasePage, OPEN_STATES } from "#lib/server/db/release.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { visibleServices } from "#lib/server/services/decisions/visibility.ts";
import { toReleases } from "./to-release.ts";

const PAGE = 50;

function statesOf({ state, open }: ListReleases): readonly ReleaseState[] | undefined {
  if (state !== undefined) return [state];
  if (open === undefined) return undefined;
  return open ? OPEN_STATES : RELEASE_STATES.filter((one) => !OPEN_STATES.includes(one));
}

function unknownCursor(): AppError {
  const message = "it is not where a page ended";
  return new AppError("invalid", `cursor: ${message}`, { fields: [{ path: "cursor", message }] });
}

/** Releases of the services that the actor may see, newest first. */
export async function listReleases(actor: Actor, input: unknown): Promise<ReleasePage> {
  authorize(actor, "releases:read");
  const asked = parseInput(ListReleases, input);
  const services = await visibleServices(actor);
  const states = statesOf(asked);
  const wanted = {
    ...(asked.q === undefined ? {} : { q: asked.q }),
    ...(asked.service === undefined ? {} : { service: asked.service }),
    ...(services === null ? {} : { services }),
    ...(states === undefined ? {} : { states }),
    ...(asked.from === undefined ? {} : { from: new Date(asked.from) }),
    ...(asked.to === undefined ? {} : { to: new Date(asked.to) }),
  };
  const part = { take: PAGE + 1, ...(asked.cursor === undefined ? {} : { after: asked.cursor }) };
  return read(async (tx) => {
    // Behind what is not there comes nothing, which would read as the list's end.
    if (asked.cursor !== undefined && (await findRelease(tx, asked.cursor)) === null) throw unknownCursor();
    const found = await findReleasePage(tx, wanted, part);
    const page = found.slice(0, PAGE);
    const last = found.length > PAGE ? page.at(-1) : undefined;
    return { data: { releases: await toReleases(tx, actor, page) }, nextCursor: last?.id ?? null };
  });
}
