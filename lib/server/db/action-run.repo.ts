import "server-only";
import { z } from "zod";
import { CheckedCondition, ReceiverAnswer } from "#lib/contracts/runbook-actions.ts";
import { storable } from "#lib/domain/audit/canonical-json.ts";
import {
  APPROVAL_MS,
  CALL_WITHIN_MS,
  RUN_STATES,
  type RunState,
  type RunStep,
  waysOf,
} from "#lib/domain/runbooks/action-run.ts";
import type { Transaction } from "./client.ts";
import type { ActionRun, Prisma } from "./generated/client.ts";

/** What a run came to, as far as it is known. */
const Result = z.object({
  reason: z.string(),
  /** As they were looked at last. */
  conditions: z.array(CheckedCondition),
  detail: z.string().nullable(),
  answer: ReceiverAnswer.nullable(),
});
export type RunResult = z.infer<typeof Result>;

/** A run as it stands. */
export interface RunRecord extends Omit<ActionRun, "state" | "result"> {
  state: RunState;
  result: RunResult;
}

const State = z.enum(RUN_STATES);
const toRecord = (row: ActionRun): RunRecord => ({
  ...row,
  state: State.parse(row.state),
  result: Result.parse(row.result),
});

/** Any fixed number: the first half of the key of an action's lock. */
const ACTIONS_LOCK = 727_506;

/** Has runs of one action let go by one at a time, so that its limit is counted right. */
export async function lockAction(tx: Transaction, runbook: string, action: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${ACTIONS_LOCK}::int, hashtext(${`${runbook}/${action}`}))`;
}

/** When real runs of an action were let go after an instant; those refused before the call do not count. */
export async function findLetGo(
  tx: Transaction,
  { runbook, action, since }: { runbook: string; action: string; since: Date },
): Promise<Date[]> {
  const never: RunState[] = ["refused", "expired"];
  const rows = await tx.actionRun.findMany({
    where: { runbook, action, dryRun: false, approvedAt: { gt: since }, state: { notIn: never } },
    select: { approvedAt: true },
  });
  return rows.flatMap(({ approvedAt }) => (approvedAt === null ? [] : [approvedAt]));
}

type NewRun = Omit<RunRecord, "leasedUntil">;

export async function createRun(tx: Transaction, run: NewRun): Promise<RunRecord> {
  const result = storable(run.result) as Prisma.InputJsonValue;
  return toRecord(await tx.actionRun.create({ data: { ...run, result } }));
}

export async function findRun(tx: Transaction, id: string): Promise<RunRecord | null> {
  const row = await tx.actionRun.findUnique({ where: { id } });
  return row && toRecord(row);
}

interface RunQuery {
  runbook?: string | undefined;
  action?: string | undefined;
  incidentId?: string | undefined;
  cursor?: string | undefined;
}

/** A page of runs, newest first. */
export async function findRunPage(
  tx: Transaction,
  { runbook, action, incidentId, cursor }: RunQuery,
  take: number,
): Promise<RunRecord[]> {
  const rows = await tx.actionRun.findMany({
    where: {
      ...(runbook === undefined ? {} : { runbook }),
      ...(action === undefined ? {} : { action }),
      ...(incidentId === undefined ? {} : { incidentId }),
    },
    orderBy: [{ askedAt: "desc" }, { id: "desc" }],
    take,
    ...(cursor === undefined ? {} : { cursor: { id: cursor }, skip: 1 }),
  });
  return rows.map(toRecord);
}

interface Change {
  result: RunResult;
  approvedBy?: string | null;
  approvedAt?: Date;
  leasedUntil?: Date | null;
  endedAt?: Date;
}

/**
 * Takes a step of a run, from where the table allows it; null when somebody else was faster.
 * @param lease the one that the caller must still have, where it took one
 */
export async function stepRun(
  tx: Transaction,
  id: string,
  step: RunStep,
  { result, ...change }: Change,
  lease?: Date,
): Promise<RunRecord | null> {
  const { from, to } = waysOf(step);
  const { count } = await tx.actionRun.updateMany({
    where: { id, state: { in: from }, ...(lease === undefined ? {} : { leasedUntil: lease }) },
    data: { ...change, state: to, result: storable(result) as Prisma.InputJsonValue },
  });
  return count === 0 ? null : findRun(tx, id);
}

/** Leases the oldest run that may be called and that nobody has, so that no other process looks at it meanwhile. */
export async function leaseApproved(
  tx: Transaction,
  { now, until }: { now: Date; until: Date },
): Promise<RunRecord | null> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    select id from action_runs
    where state = 'approved' and approved_at > ${new Date(now.getTime() - CALL_WITHIN_MS)}::timestamptz
      and (leased_until is null or leased_until < ${now}::timestamptz)
    order by approved_at limit 1 for update skip locked`;
  if (!found) return null;
  return toRecord(await tx.actionRun.update({ where: { id: found.id }, data: { leasedUntil: until } }));
}

/** Runs that time has ended: nobody agreed, nobody called, or whoever called is gone. */
export async function findOverdue(
  tx: Transaction,
  now: Date,
): Promise<{ run: RunRecord; step: "expire" | "lose" }[]> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const free = [{ leasedUntil: null }, { leasedUntil: { lt: now } }];
  const expired = await tx.actionRun.findMany({
    where: {
      OR: [
        { state: "awaiting_approval", askedAt: { lte: ago(APPROVAL_MS) } },
        { state: "approved", approvedAt: { lte: ago(CALL_WITHIN_MS) }, OR: free },
      ],
    },
  });
  const lost = await tx.actionRun.findMany({ where: { state: "calling", leasedUntil: { lt: now } } });
  return [
    ...expired.map((row) => ({ run: toRecord(row), step: "expire" as const })),
    ...lost.map((row) => ({ run: toRecord(row), step: "lose" as const })),
  ];
}
