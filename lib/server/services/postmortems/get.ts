import "server-only";
import { type Postmortem, ReadPostmortem } from "#lib/contracts/postmortems.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findPostmortems } from "#lib/server/db/postmortem.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { requireIncident } from "#lib/server/services/incidents/visibility.ts";
import { toPostmortem } from "./to-postmortem.ts";

/** The post-mortem of an incident as an actor sees it. @throws `not_found` */
export async function showPostmortem(actor: Actor, id: string): Promise<Postmortem> {
  return read(async (tx) => toPostmortem(tx, await requireIncident(tx, id, actor)));
}

/**
 * The post-mortem of an incident, or the draft that the facts make of it; with `version` the text of an earlier one.
 * @throws `not_found`
 */
export async function getPostmortem(actor: Actor, input: unknown): Promise<{ postmortem: Postmortem }> {
  authorize(actor, "incidents:read");
  const { id, version } = parseInput(ReadPostmortem, input);
  const postmortem = await showPostmortem(actor, id);
  if (version === undefined) return { postmortem };
  const wanted = (await read((tx) => findPostmortems(tx, id))).find((one) => one.version === version);
  if (!wanted) throw new AppError("not_found", `the post-mortem of ${id} has no version ${version}`);
  return { postmortem: { ...postmortem, sections: wanted.sections } };
}
