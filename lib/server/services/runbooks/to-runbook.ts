import "server-only";
import type { Runbook } from "#lib/contracts/runbooks.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { findRunbook, type RunbookRecord } from "#lib/server/db/runbook.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { runbookTemplates } from "./templates.ts";

/** A saved runbook as the wire has it; `names` are those of the people who saved. */
export function savedRunbook(
  { name, version, document, at, actorId }: RunbookRecord,
  names: ReadonlyMap<string, string>,
): Runbook {
  const changedBy = { id: actorId, name: names.get(actorId) ?? null };
  return { name, ...document, version, template: false, changedAt: at.toISOString(), changedBy };
}

/** A template as a runbook that nobody saved yet; null where none has the name. */
export function templateRunbook(name: string): Runbook | null {
  const document = runbookTemplates().get(name);
  if (!document) return null;
  return { name, ...document, version: 0, template: true, changedAt: null, changedBy: null };
}

/** A runbook in its newest version or in the one asked for; version 0 is its template. @throws `not_found` */
export async function requireRunbook(tx: Transaction, name: string, version?: number): Promise<Runbook> {
  const saved = version === 0 ? null : await findRunbook(tx, name, version);
  if (saved) return savedRunbook(saved, await findPersonNames(tx, [saved.actorId]));
  const template = version === undefined || version === 0 ? templateRunbook(name) : null;
  if (template) return template;
  const what = `the runbook ${JSON.stringify(name)}`;
  throw new AppError(
    "not_found",
    version === undefined
      ? `there is no runbook ${JSON.stringify(name)}`
      : `${what} has no version ${version}`,
  );
}
