import "server-only";
import { randomUUID } from "node:crypto";
import type { ReleaseState } from "#lib/contracts/releases.ts";
import type { Decision } from "#lib/domain/gate/decision.ts";
import type { Transaction } from "./client.ts";
import type { Prisma, Release, SpendingApproval } from "./generated/client.ts";

/** A release as it stands. */
export interface ReleaseRecord extends Omit<Release, "state" | "decision"> {
  state: ReleaseState;
  decision: Decision | null;
}

// Written by our own verbs alone.
const toRecord = (row: Release) => row as ReleaseRecord;

/** The states of a release that somebody still has to do something about. */
export const OPEN_STATES: readonly ReleaseState[] = [
  "waiting",
  "deferred",
  "blocked",
  "approved",
  "deploying",
];

/** Any fixed number: whoever asks for a version of a service does so one after the other. */
const REQUEST_LOCK = 727_602;

/** The open release of a version, locked; asked for anew where there is none. */
export async function openRelease(
  tx: Transaction,
  wanted: { service: string; version: string; commit: string; request: object; requestedBy: string },
): Promise<{ release: ReleaseRecord; isNew: boolean }> {
  const { service, version, commit } = wanted;
  const key = JSON.stringify([service, version, commit]);
  await tx.$executeRaw`select pg_advisory_xact_lock(${REQUEST_LOCK}::int, hashtext(${key}))`;
  const open = await tx.release.findFirst({
    where: { service, version, commit, state: { in: [...OPEN_STATES] } },
    select: { id: true },
  });
  const locked = open && (await lockRelease(tx, open.id));
  if (locked && OPEN_STATES.includes(locked.state)) return { release: locked, isNew: false };
  const request = wanted.request as Prisma.InputJsonObject;
  const data = { ...wanted, request, id: randomUUID(), state: "waiting" };
  return { release: toRecord(await tx.release.create({ data })), isNew: true };
}

/** One release, locked until the transaction ends. */
export async function lockRelease(tx: Transaction, id: string): Promise<ReleaseRecord | null> {
  await tx.$executeRaw`select 1 from releases where id = ${id} for no key update`;
  return findRelease(tx, id);
}

export async function findRelease(tx: Transaction, id: string): Promise<ReleaseRecord | null> {
  const row = await tx.release.findUnique({ where: { id } });
  return row && toRecord(row);
}

/** Changes a release and counts the change. */
export async function changeRelease(
  tx: Transaction,
  id: string,
  data: Prisma.ReleaseUncheckedUpdateInput & { state?: ReleaseState },
): Promise<ReleaseRecord> {
  return toRecord(await tx.release.update({ where: { id }, data: { ...data, revision: { increment: 1 } } }));
}

/** How many releases of a service went out since an instant, and how many of them failed or were taken back. */
export async function countReleases(
  tx: Transaction,
  service: string,
  since: Date,
): Promise<{ failed: number; total: number }> {
  const groups = await tx.release.groupBy({
    by: ["state"],
    where: {
      service,
      deployStartedAt: { gte: since },
      state: { in: ["deployed", "failed", "rolled_back"] },
    },
    _count: true,
  });
  const of = (states: readonly string[]) =>
    groups.filter(({ state }) => states.includes(state)).reduce((sum, { _count }) => sum + _count, 0);
  return { failed: of(["failed", "rolled_back"]), total: of(["deployed", "failed", "rolled_back"]) };
}

/** The version of a service that went out last and stayed. */
export async function lastGoodVersion(tx: Transaction, service: string): Promise<string | null> {
  const row = await tx.release.findFirst({
    where: { service, state: "deployed" },
    orderBy: { deployFinishedAt: "desc" },
    select: { version: true },
  });
  return row?.version ?? null;
}

/** Whether a version of a service ran to its end once and was not taken back. */
export async function wentOutWell(tx: Transaction, service: string, version: string): Promise<boolean> {
  return (await tx.release.count({ where: { service, version, state: "deployed" } })) > 0;
}

/** Spending that holds for a service at an instant; of several the one that holds longest. */
export function findSpending(tx: Transaction, service: string, at: Date): Promise<SpendingApproval | null> {
  return tx.spendingApproval.findFirst({
    where: { service, withdrawnAt: null, expiresAt: { gt: at } },
    orderBy: { expiresAt: "desc" },
  });
}
