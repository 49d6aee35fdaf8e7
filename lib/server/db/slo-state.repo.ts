import "server-only";
import { z } from "zod";
import { Budget } from "#lib/contracts/slo-budgets.ts";
import { SLO_STATUSES, type SloStatus } from "#lib/domain/slo/status/axes.ts";
import type { HeldStatus } from "#lib/domain/slo/status/hold.ts";
import type { Transaction } from "./client.ts";

const count = z.number().nullable();
/** What stood in the formulas of an evaluation. */
export const EvaluationSums = z.object({
  /** "5m", …, "window"; slots from 1970. */
  lookBack: z.string(),
  from: z.int(),
  to: z.int(),
  bad: z.number(),
  total: count,
  coveredSlots: z.int(),
  excludedSlots: z.int(),
});
export type EvaluationSums = z.infer<typeof EvaluationSums>;

/** An evaluation as it is kept: the figures that are shown and what they were made of. */
export const Evaluated = z.object({
  budget: Budget,
  sums: z.array(EvaluationSums),
  /** The open slot as it was; null when nothing was measured of it yet. */
  openSlot: z.object({ slot: z.int(), bad: z.number(), total: z.number() }).nullable(),
  newestSampleMs: count,
});
export type Evaluated = z.infer<typeof Evaluated>;

export interface StateRecord {
  sloId: string;
  objective: number;
  groupKey: string;
  version: number;
  status: SloStatus;
  evaluated: Evaluated;
  held: HeldStatus;
  evaluatedAt: Date;
}

const Held = z.object({
  shown: z.enum(SLO_STATUSES),
  sinceMs: z.number(),
  held: z.array(z.object({ status: z.enum(SLO_STATUSES), betterSinceMs: z.number().nullable() })),
  periodStartMs: z.number().nullable(),
});

/** The states of some SLOs, or of all. */
export async function findStates(tx: Transaction, sloIds?: readonly string[]): Promise<StateRecord[]> {
  const rows = await tx.sloState.findMany({
    where: sloIds ? { sloId: { in: [...sloIds] } } : {},
    orderBy: [{ sloId: "asc" }, { objective: "asc" }, { groupKey: "asc" }],
  });
  // Written by the evaluator alone: a thousand of them are read at once, and checking each field of each would take longer.
  return rows.map(({ budget, held, status, ...row }) => ({
    ...row,
    status: status as SloStatus,
    evaluated: budget as unknown as Evaluated,
    held: held as unknown as HeldStatus,
  }));
}

/** The held statuses of all states, for an evaluator that begins. */
export async function findHeld(tx: Transaction): Promise<Map<string, HeldStatus>> {
  const rows = await tx.sloState.findMany({
    select: { sloId: true, objective: true, groupKey: true, held: true },
  });
  return new Map(rows.map(({ held, ...row }) => [stateKey(row), Held.parse(held)]));
}

/** One text per objective of a group of an SLO. */
export function stateKey({
  sloId,
  objective,
  groupKey,
}: Pick<StateRecord, "sloId" | "objective" | "groupKey">) {
  return JSON.stringify([sloId, objective, groupKey]);
}

/** Replaces the states of all SLOs by those of one evaluation: what is not among them is gone. */
export async function saveStates(tx: Transaction, states: readonly StateRecord[], at: Date): Promise<void> {
  const rows = JSON.stringify(
    states.map(({ evaluated, sloId, objective, groupKey, version, status, held }) => ({
      slo_id: sloId,
      objective,
      group_key: groupKey,
      version,
      status,
      budget: evaluated,
      held,
    })),
  );
  await tx.$executeRaw`
    insert into slo_states (slo_id, objective, group_key, version, status, budget, held, evaluated_at)
    select slo_id, objective, group_key, version, status, budget, held, ${at}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as r(slo_id text, objective int, group_key text, version int, status text,
      budget jsonb, held jsonb)
    where exists (select 1 from slos where id = slo_id and deleted_at is null)
    on conflict (slo_id, objective, group_key) do update set version = excluded.version, status = excluded.status,
      budget = excluded.budget, held = excluded.held, evaluated_at = excluded.evaluated_at`;
  await tx.$executeRaw`delete from slo_states where evaluated_at <> ${at}::timestamptz`;
}

/** A look at a status that is kept. */
export interface SnapshotRecord {
  sloId: string;
  objective: number;
  groupKey: string;
  version: number;
  at: Date;
  status: SloStatus;
  previousStatus: SloStatus | null;
  remainingRatio: number | null;
  burnRate6h: number | null;
}

/** Appends snapshots. */
export async function appendSnapshots(tx: Transaction, snapshots: readonly SnapshotRecord[]): Promise<void> {
  if (snapshots.length > 0) await tx.sloSnapshot.createMany({ data: [...snapshots] });
}

/** How a budget stood at an instant. */
export type Standing = Pick<SnapshotRecord, "status" | "remainingRatio">;

/**
 * How each budget of some SLOs stood at an instant, by {@link stateKey}: by the newest snapshot up to then, or the first
 * one after where its SLO was not looked at before. None is older than `since`; those that saw no data tell nothing.
 */
export async function findStandings(
  tx: Transaction,
  sloIds: readonly string[],
  { at, since }: { at: Date; since: Date },
): Promise<Map<string, Standing>> {
  const rows = await tx.$queryRaw<(Pick<StateRecord, "sloId" | "objective" | "groupKey"> & Standing)[]>`
    select distinct on (slo_id, objective, group_key) slo_id as "sloId", objective, group_key as "groupKey", status,
      remaining_ratio as "remainingRatio"
    from slo_snapshots
    where slo_id = any(${sloIds as string[]}) and at >= ${since}::timestamptz and status <> 'no_data'
    order by slo_id, objective, group_key, at > ${at}::timestamptz, abs(extract(epoch from at - ${at}::timestamptz))`;
  return new Map(rows.map((row) => [stateKey(row), row]));
}

/** The snapshots of an SLO since an instant, oldest first. */
export async function findSnapshots(tx: Transaction, sloId: string, since: Date): Promise<SnapshotRecord[]> {
  const rows = await tx.sloSnapshot.findMany({
    where: { sloId, at: { gte: since } },
    orderBy: { id: "asc" },
    omit: { id: true },
  });
  return rows.map((row) => ({
    ...row,
    status: row.status as SloStatus,
    previousStatus: row.previousStatus as SloStatus | null,
  }));
}
