import "server-only";
import { RequestRelease } from "#lib/contracts/releases.ts";
import { versionOf } from "#lib/domain/forges/version-of.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { read } from "#lib/server/db/client.ts";
import type { HeldRecord } from "#lib/server/db/forge-deployment.repo.ts";
import { findOpenRelease } from "#lib/server/db/release.repo.ts";
import { findPersonIdByEmail } from "#lib/server/db/sign-in.repo.ts";
import { settings } from "#lib/server/env.ts";
import { serviceOfDeployment } from "#lib/server/env-forges.ts";
import { AppError, invalid } from "#lib/server/errors.ts";
import { redecide } from "#lib/server/gate/redecide.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { requestAndSettle } from "#lib/server/services/gate/evaluate.ts";

/** The release that a deployment asks for, or why nobody can be asked for it. */
export type Asked = { releaseId: string } | { unknown: string };

/** Whoever started it as a person of ours where the settings say who that is, else by the forge's name of them. */
async function askerOf({ forge, deployment }: HeldRecord): Promise<string> {
  const { requestedBy } = deployment;
  const started = requestedBy.toLowerCase();
  const known = settings().forges?.people.find(
    (person) => person.forge === forge && `${forge}:${person.login}`.toLowerCase() === started,
  );
  const id = known ? await read((tx) => findPersonIdByEmail(tx, known.email)) : null;
  return id ?? requestedBy;
}

/** What a held deployment asks for, or why nobody can be asked for it. */
function wantedBy(
  service: string,
  { ref, commit, link }: HeldRecord["deployment"],
): (RequestRelease & { wait: false }) | { unknown: string } {
  const change = link === null ? {} : { links: [link] };
  const parsed = RequestRelease.safeParse({ service, version: versionOf(ref, commit), commit, change });
  if (parsed.success) return { ...parsed.data, wait: false };
  return { unknown: `it cannot be asked for: ${invalid(parsed.error).message}` };
}

/** The open release of the version, decided on anew with what was stated for it; null where there is none. */
async function joinOpen(wanted: RequestRelease, actorId: string): Promise<string | null> {
  const id = await read((tx) => findOpenRelease(tx, wanted));
  return id && ((await redecide(id, actorId))?.id ?? null);
}

/**
 * Asks the gate for the release of a held deployment, in the name of whoever started it. Where somebody asks for that
 * version and commit already, it is their release: CI may have stated more of the change than a forge knows.
 * @throws `unavailable`
 */
export async function askForRelease(held: HeldRecord): Promise<Asked> {
  const { id, forge, deployment } = held;
  const name = serviceOfDeployment(settings().forges, forge, deployment);
  if (name === null) {
    const place = `${deployment.repository}, environment ${deployment.environment}`;
    return { unknown: `BURNLINE_FORGES does not say which service deployments of ${place} are of` };
  }
  const service = (await readCatalogue()).find((one) => one.name === name);
  if (!service) return { unknown: `BURNLINE_FORGES names ${name}, which is no service of the catalogue` };
  const wanted = wantedBy(name, deployment);
  if ("unknown" in wanted) return wanted;
  const actor = { ...SYSTEM_ACTOR, id: await askerOf(held) };
  const joined = await joinOpen(wanted, actor.id);
  if (joined !== null) return { releaseId: joined };
  const { releaseId } = await requestAndSettle(actor, { requestId: id, address: null }, wanted, service);
  if (releaseId === null) throw new AppError("internal", "the decision belongs to no release");
  return { releaseId };
}
