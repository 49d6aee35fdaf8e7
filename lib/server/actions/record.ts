import "server-only";
import type { RunStep } from "#lib/domain/runbooks/action-run.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { type RunRecord, stepRun } from "#lib/server/db/action-run.repo.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import { lockIncident } from "#lib/server/db/incident.repo.ts";
import type { Caller } from "#lib/server/handle.ts";

/** Who does something to a run. */
export interface By {
  actor: Actor;
  caller: Pick<Caller, "requestId" | "address">;
}

const TOLD_CHARACTERS = 500;

/** How a run is told in one line: what for, and why it stands as it does. */
function words({ dryRun, service, node, result }: RunRecord): string {
  const what = [dryRun ? "dry run" : "", service ?? node ?? ""].filter(Boolean).join(" for ");
  return [what, result.detail ?? result.reason].filter(Boolean).join(": ").slice(0, TOLD_CHARACTERS);
}

/**
 * Keeps that a run stands as it does now: a fact on its incident's timeline, and an entry of the audit log, which comes
 * last. The incident is locked by then.
 */
export async function recordRun(tx: Transaction, run: RunRecord, { actor, caller }: By): Promise<void> {
  const { id, runbook, action, incidentId, state } = run;
  if (incidentId !== null) {
    // Nobody had to agree: what was asked for was let go at once.
    const told = state === "approved" && run.approvedBy === null ? "asked for" : state;
    const body = { kind: "action", runbook, action, state: told, detail: words(run) } as const;
    await appendEvents(tx, [{ incidentId, at: new Date(), actorId: actor.id, body }]);
  }
  const { runbookVersion, service, node, dryRun, result } = run;
  await recordAudit(tx, actor, caller, {
    action: `action-run.${state}`,
    resource: { type: "action-run", id },
    after: {
      runbook,
      runbookVersion,
      action,
      incident: incidentId,
      service,
      node,
      dryRun,
      detail: result.detail,
    },
  });
}

/** Takes a step of a run with all that is kept of it; null when somebody else was faster. */
export async function takeStep(
  tx: Transaction,
  run: RunRecord,
  step: RunStep,
  change: Omit<Parameters<typeof stepRun>[3], "result"> & { result?: Partial<RunRecord["result"]> },
  by: By,
  lease?: Date,
): Promise<RunRecord | null> {
  if (run.incidentId !== null) await lockIncident(tx, run.incidentId);
  const result = { ...run.result, ...change.result };
  const changed = await stepRun(tx, run.id, step, { ...change, result }, lease);
  if (changed) await recordRun(tx, changed, by);
  return changed;
}
