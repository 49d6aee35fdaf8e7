import "server-only";
import { EvaluateGate } from "#lib/contracts/gate.ts";
import { versionOf } from "#lib/domain/forges/version-of.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { read } from "#lib/server/db/client.ts";
import type { HeldRecord } from "#lib/server/db/forge-deployment.repo.ts";
import { findPersonIdByEmail } from "#lib/server/db/sign-in.repo.ts";
import { settings } from "#lib/server/env.ts";
import { serviceOfDeployment } from "#lib/server/env-forges.ts";
import { AppError, invalid } from "#lib/server/errors.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { makeDecision, requestAndSettle } from "#lib/server/services/gate/evaluate.ts";

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

/**
 * Asks the gate for the release of a held deployment, in the name of whoever started it; the open release of that
 * version and commit is the same one. @throws `unavailable`
 */
export async function askForRelease(held: HeldRecord): Promise<Asked> {
  const { id, forge, deployment } = held;
  const { repository, environment, ref, commit, link } = deployment;
  const name = serviceOfDeployment(settings().forges, forge, deployment);
  if (name === null) {
    const place = `${repository}, environment ${environment}`;
    return { unknown: `BURNLINE_FORGES does not say which service deployments of ${place} are of` };
  }
  const service = (await readCatalogue()).find((one) => one.name === name);
  if (!service) return { unknown: `BURNLINE_FORGES names ${name}, which is no service of the catalogue` };
  const asked = EvaluateGate.safeParse({
    service: name,
    version: versionOf(ref, commit),
    commit,
    change: link === null ? {} : { links: [link] },
  });
  if (!asked.success) return { unknown: `it cannot be asked for: ${invalid(asked.error).message}` };
  const { version = "", commit: hash = "", ...rest } = asked.data;
  const made = await makeDecision(service, asked.data);
  const actor = { ...SYSTEM_ACTOR, id: await askerOf(held) };
  const caller = { requestId: id, address: null };
  const { releaseId } = await requestAndSettle(actor, caller, { ...rest, version, commit: hash }, made);
  if (releaseId === null) throw new AppError("internal", "the decision belongs to no release");
  return { releaseId };
}
