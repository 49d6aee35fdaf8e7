import "server-only";
import { randomUUID } from "node:crypto";
import type { ReleaseState } from "#lib/contracts/releases.ts";
import type { Decision } from "#lib/domain/gate/decision.ts";
import type { Transaction } from "./client.ts";
import type { Prisma, Release, ReleaseApproval } from "./generated/client.ts";

/** What somebody said to a release. */
export type ApprovalRecord = ReleaseApproval;

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

/** A version is asked for that often at most, as far as anybody looks. */
const MOST_OF_A_VERSION = 50;

/** Any fixed number: whoever asks for a version of a service does so one after the other. */
const REQUEST_LOCK = 727_602;

/** From here on nobody else asks for this commit until the transaction ends. */
export async function lockCommit(
  tx: Transaction,
  { service, version, commit }: { service: string; version: string; commit: string },
): Promise<void> {
  const key = JSON.stringify([service, version, commit]);
  await tx.$executeRaw`select pg_advisory_xact_lock(${REQUEST_LOCK}::int, hashtext(${key}))`;
}

/** The open release of a commit that is locked, locked too; asked for anew where there is none. */
export async function openRelease(
  tx: Transaction,
  wanted: { service: string; version: string; commit: string; request: object; requestedBy: string },
): Promise<{ release: ReleaseRecord; isNew: boolean }> {
  const open = await findOpenRelease(tx, wanted);
  const locked = open === null ? null : await lockRelease(tx, open);
  if (locked && OPEN_STATES.includes(locked.state)) return { release: locked, isNew: false };
  const request = wanted.request as Prisma.InputJsonObject;
  const data = { ...wanted, request, id: randomUUID(), state: "waiting" };
  return { release: toRecord(await tx.release.create({ data })), isNew: true };
}

/** The newest release of a commit, open or over, and when a person said no to it. */
export async function findNewestRelease(
  tx: Transaction,
  { service, version, commit }: { service: string; version: string; commit: string },
): Promise<{ release: ReleaseRecord; rejectedAtMs: number | null } | null> {
  const row = await tx.release.findFirst({
    where: { service, version, commit },
    orderBy: { requestedAt: "desc" },
    include: { approvals: { where: { verdict: "rejected" } } },
  });
  if (!row) return null;
  const { approvals, ...release } = row;
  return { release: toRecord(release), rejectedAtMs: approvals[0]?.at.getTime() ?? null };
}

/** The id of the open release of a version; null where nobody asks for one. */
export async function findOpenRelease(
  tx: Transaction,
  { service, version, commit }: { service: string; version: string; commit: string },
): Promise<string | null> {
  const where = { service, version, commit, state: { in: [...OPEN_STATES] } };
  return (await tx.release.findFirst({ where, select: { id: true } }))?.id ?? null;
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

/** How many releases of each service went out since an instant, and how many of them failed or were taken back. */
export async function countReleases(
  tx: Transaction,
  services: readonly string[],
  since: Date,
): Promise<Map<string, { failed: number; total: number }>> {
  const groups = await tx.release.groupBy({
    by: ["service", "state"],
    where: {
      service: { in: [...services] },
      deployStartedAt: { gte: since },
      state: { in: ["deployed", "failed", "rolled_back"] },
    },
    _count: true,
  });
  const counts = new Map(services.map((service) => [service, { failed: 0, total: 0 }]));
  for (const { service, state, _count } of groups) {
    const count = counts.get(service);
    if (!count) continue;
    count.total += _count;
    if (state !== "deployed") count.failed += _count;
  }
  return counts;
}

/** Releases of a service that went out, the newest first. */
export async function findWentOut(tx: Transaction, service: string, take: number): Promise<ReleaseRecord[]> {
  const rows = await tx.release.findMany({
    where: { service, deployStartedAt: { not: null } },
    orderBy: { deployStartedAt: "desc" },
    take,
  });
  return rows.map(toRecord);
}

export interface ReleasesWanted {
  q?: string;
  service?: string;
  /** Only of these services; for whoever does not see all. */
  services?: readonly string[];
  states?: readonly ReleaseState[];
  from?: Date;
  to?: Date;
}

/** Up to `take` of the wanted releases after the one with the id `after`, newest first. */
export async function findReleasePage(
  tx: Transaction,
  { q, service, services, states, from, to }: ReleasesWanted,
  { after, take }: { after?: string; take: number },
): Promise<ReleaseRecord[]> {
  const like = { contains: q?.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
  const rows = await tx.release.findMany({
    where: {
      AND: [
        service === undefined ? {} : { service },
        services === undefined ? {} : { service: { in: [...services] } },
        states === undefined ? {} : { state: { in: [...states] } },
        q === undefined ? {} : { OR: [{ service: like }, { version: like }, { commit: like }] },
        { requestedAt: { gte: from, lt: to } },
      ],
    },
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    take,
    ...(after === undefined ? {} : { cursor: { id: after }, skip: 1 }),
  });
  return rows.map(toRecord);
}

/** What people said to some releases, oldest first. */
export function findApprovals(tx: Transaction, releaseIds: readonly string[]): Promise<ReleaseApproval[]> {
  return tx.releaseApproval.findMany({
    where: { releaseId: { in: [...releaseIds] } },
    orderBy: { at: "asc" },
  });
}

/** Keeps what somebody said. @returns false when they had answered this decision already */
export async function addApproval(
  tx: Transaction,
  approval: Omit<ReleaseApproval, "id" | "at">,
): Promise<boolean> {
  const { count } = await tx.releaseApproval.createMany({
    data: [{ ...approval, id: randomUUID() }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Takes up to `take` open releases that are due to be asked about; another process finds them after `againAt` only. */
export async function takeDueReleases(
  tx: Transaction,
  { now, againAt, take }: { now: Date; againAt: Date; take: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update releases set ask_again_at = ${againAt}
    where id in (
      select id from releases
      where state = any(${[...OPEN_STATES]}::text[]) and (ask_again_at is null or ask_again_at <= ${now})
      order by ask_again_at nulls first limit ${take}::int for update skip locked)
    returning id`;
  return rows.map(({ id }) => id);
}

/** When the next open release is due; null while there is none. */
export async function nextDueRelease(tx: Transaction): Promise<Date | null> {
  const found = await tx.release.aggregate({
    where: { state: { in: [...OPEN_STATES] } },
    _min: { askAgainAt: true },
  });
  return found._min.askAgainAt;
}

/** Has a release asked about later; no change that anybody has to know of. */
export async function postponeRelease(tx: Transaction, id: string, askAgainAt: Date): Promise<void> {
  await tx.release.updateMany({ where: { id }, data: { askAgainAt } });
}

/** Releases whose outcome is due, locked against other processes. */
export async function takeDueOutcomes(
  tx: Transaction,
  { now, againAt, take }: { now: Date; againAt: Date; take: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update releases set outcome_due_at = ${againAt}
    where id in (
      select id from releases where outcome_due_at <= ${now}
      order by outcome_due_at limit ${take}::int for update skip locked)
    returning id`;
  return rows.map(({ id }) => id);
}

/** The releases of a version, newest first. */
export async function findReleasesOfVersion(
  tx: Transaction,
  { service, version }: { service: string; version: string },
): Promise<ReleaseRecord[]> {
  const rows = await tx.release.findMany({
    where: { service, version },
    orderBy: { requestedAt: "desc" },
    take: MOST_OF_A_VERSION,
  });
  return rows.map(toRecord);
}

/** The number of the newest record that any release names as its decision; null without any. */
export async function newestDecisionNamed(tx: Transaction): Promise<number | null> {
  return (await tx.release.aggregate({ _max: { decisionSeq: true } }))._max.decisionSeq;
}
