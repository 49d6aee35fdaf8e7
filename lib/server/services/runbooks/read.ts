import "server-only";
import { ListRunbooks, OneRunbook, ReadRunbook } from "#lib/contracts/runbook-routes.ts";
import type { RunbookSummary, RunbookVersion } from "#lib/contracts/runbook-routes.ts";
import type { Runbook } from "#lib/contracts/runbooks.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, type Transaction } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { findRunbooks, findRunbookVersions } from "#lib/server/db/runbook.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { runbookTemplates } from "./templates.ts";
import { requireRunbook, savedRunbook, templateRunbook } from "./to-runbook.ts";

const toSummary = ({ markdown: _, actions, ...rest }: Runbook): RunbookSummary => ({
  ...rest,
  actions: actions.length,
});

function contains({ name, title, markdown, alerts }: Runbook, q: string): boolean {
  return [name, title, markdown, ...alerts].some((text) => text.toLowerCase().includes(q));
}

async function allRunbooks(tx: Transaction): Promise<Runbook[]> {
  const saved = await findRunbooks(tx);
  const names = await findPersonNames(
    tx,
    saved.map(({ actorId }) => actorId),
  );
  const known = new Set(saved.map(({ name }) => name));
  const templates = [...runbookTemplates().keys()]
    .filter((name) => !known.has(name))
    .flatMap((name) => templateRunbook(name) ?? []);
  const all = [...saved.map((record) => savedRunbook(record, names)), ...templates];
  return all.sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** The names of alerts that have a runbook here. */
export async function alertsWithRunbook(tx: Transaction): Promise<Set<string>> {
  return new Set((await allRunbooks(tx)).flatMap(({ name, alerts }) => [name, ...alerts]));
}

/** All runbooks by name, templates among them. */
export async function listRunbooks(actor: Actor, input: unknown): Promise<{ runbooks: RunbookSummary[] }> {
  authorize(actor, "alerts:read");
  const { q = "" } = parseInput(ListRunbooks, input);
  const wanted = q.trim().toLowerCase();
  const all = await read(allRunbooks);
  return { runbooks: all.filter((runbook) => contains(runbook, wanted)).map(toSummary) };
}

/** A runbook as it is, or as it was in a version. @throws `not_found` */
export async function getRunbook(actor: Actor, input: unknown): Promise<{ runbook: Runbook }> {
  authorize(actor, "alerts:read");
  const { name, version } = parseInput(ReadRunbook, input);
  return read(async (tx) => ({ runbook: await requireRunbook(tx, name, version) }));
}

/** Who saved which version of a runbook when, the newest first; none of a template. @throws `not_found` */
export async function listRunbookVersions(
  actor: Actor,
  input: unknown,
): Promise<{ versions: RunbookVersion[] }> {
  authorize(actor, "alerts:read");
  const { name } = parseInput(OneRunbook, input);
  return read(async (tx) => {
    await requireRunbook(tx, name);
    const saved = await findRunbookVersions(tx, name);
    const names = await findPersonNames(
      tx,
      saved.map(({ actorId }) => actorId),
    );
    const versions = saved.map(({ version, document, at, actorId }) => ({
      version,
      title: document.title,
      at: at.toISOString(),
      by: { id: actorId, name: names.get(actorId) ?? null },
    }));
    return { versions };
  });
}
