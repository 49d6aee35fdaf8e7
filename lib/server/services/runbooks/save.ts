import "server-only";
import { CreateRunbook, PutRunbook } from "#lib/contracts/runbook-routes.ts";
import type { Runbook, RunbookDocument } from "#lib/contracts/runbooks.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendRunbookVersion, findRunbook, lockRunbook } from "#lib/server/db/runbook.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireRunbook, templateRunbook } from "./to-runbook.ts";

/** What the audit log keeps of a version; its text is kept with the version. */
function audited({ title, alerts, actions, version }: RunbookDocument & { version: number }) {
  return { version, title, alerts, actions };
}

interface Change {
  name: string;
  document: RunbookDocument;
  /** What it was before, a template included; null for a new one. */
  before: Runbook | null;
}

async function append(
  tx: Transaction,
  actor: Actor,
  caller: Caller,
  { name, document, before }: Change,
): Promise<{ runbook: Runbook }> {
  const version = (before?.version ?? 0) + 1;
  await appendRunbookVersion(tx, { name, version, document, actorId: actor.id });
  await recordAudit(tx, actor, caller, {
    action: before ? "runbook.changed" : "runbook.created",
    resource: { type: "runbook", id: name },
    ...(before ? { before: audited(before) } : {}),
    after: audited({ ...document, version }),
  });
  return { runbook: await requireRunbook(tx, name) };
}

/** Writes a runbook. @throws `invalid`, `conflict` with the one that has the name */
export async function createRunbook(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ runbook: Runbook }> {
  authorize(actor, "runbooks:write");
  const { name, ...document } = parseInput(CreateRunbook, input);
  return transaction(async (tx) => {
    await lockRunbook(tx, name);
    if ((await findRunbook(tx, name)) ?? templateRunbook(name)) {
      const current = await requireRunbook(tx, name);
      throw new AppError("conflict", `there is a runbook ${name} already`, { current });
    }
    return append(tx, actor, caller, { name, document, before: null });
  });
}

/** Saves a runbook in a new version. @throws `invalid`, `not_found`, `conflict` with the current state */
export async function putRunbook(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ runbook: Runbook }> {
  authorize(actor, "runbooks:write");
  const { name, version, ...document } = parseInput(PutRunbook, input);
  return transaction(async (tx) => {
    await lockRunbook(tx, name);
    const before = await requireRunbook(tx, name);
    if (before.version !== version)
      throw new AppError("conflict", `the runbook ${name} was changed meanwhile`, { current: before });
    return append(tx, actor, caller, { name, document, before });
  });
}
