import "server-only";
import type { ActionRun } from "#lib/contracts/runbook-actions.ts";
import { permits } from "#lib/domain/access/permissions.ts";
import { expiresAtMs } from "#lib/domain/runbooks/action-run.ts";
import { whyNotApprove } from "#lib/domain/runbooks/approval.ts";
import { actionInForce } from "#lib/server/actions/in-force.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { RunRecord } from "#lib/server/db/action-run.repo.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";

const text = (at: Date | null) => at?.toISOString() ?? null;

async function mayApprove(tx: Transaction, run: RunRecord, actor: Actor): Promise<boolean> {
  if (run.state !== "awaiting_approval" || !permits(actor, "actions:approve")) return false;
  const found = await actionInForce(tx, run);
  if ("why" in found) return false;
  return whyNotApprove(actor, { askedBy: run.askedBy, approvalBy: found.action.approvalBy }) === null;
}

function expiresAt({ state, askedAt, approvedAt }: RunRecord): string | null {
  const at = expiresAtMs({
    state,
    askedAtMs: askedAt.getTime(),
    approvedAtMs: approvedAt?.getTime() ?? null,
  });
  return at === null ? null : new Date(at).toISOString();
}

/** Runs as a caller sees them: with names, and whether they may agree to each. */
export async function toRuns(
  tx: Transaction,
  records: readonly RunRecord[],
  actor: Actor,
): Promise<ActionRun[]> {
  const ids = records.flatMap(({ askedBy, approvedBy }) => [
    askedBy,
    ...(approvedBy === null ? [] : [approvedBy]),
  ]);
  const names = await findPersonNames(tx, [...new Set(ids)]);
  const person = (id: string) => ({ id, name: names.get(id) ?? null });
  return Promise.all(
    records.map(async (run) => ({
      id: run.id,
      runbook: run.runbook,
      runbookVersion: run.runbookVersion,
      action: run.action,
      incident: run.incidentId,
      service: run.service,
      node: run.node,
      dryRun: run.dryRun,
      state: run.state,
      ...run.result,
      askedBy: person(run.askedBy),
      askedAt: run.askedAt.toISOString(),
      approvedBy: run.approvedBy === null ? null : person(run.approvedBy),
      approvedAt: text(run.approvedAt),
      endedAt: text(run.endedAt),
      expiresAt: expiresAt(run),
      mayApprove: await mayApprove(tx, run, actor),
    })),
  );
}

/** One run as a caller sees it. */
export async function toRun(tx: Transaction, record: RunRecord, actor: Actor): Promise<ActionRun> {
  const [run] = await toRuns(tx, [record], actor);
  if (!run) throw new Error("a run got lost");
  return run;
}
