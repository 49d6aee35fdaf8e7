import "server-only";
import { randomUUID } from "node:crypto";
import type { Transaction } from "./client.ts";
import type { Deployment, Release } from "./generated/client.ts";

/** A version of a service that went out. */
export interface DeploymentRecord extends Omit<Deployment, "source" | "gate" | "state"> {
  source: "ci" | "build_info";
  gate: "cleared" | "not_cleared" | "no_release";
  state: "running" | "finished" | "failed" | "rolled_back";
}

// Written by Burnline alone.
const toRecord = (row: Deployment) => row as DeploymentRecord;

/** Keeps a deployment that begins. */
export async function addDeployment(
  tx: Transaction,
  begins: Omit<DeploymentRecord, "id" | "finishedAt" | "state">,
): Promise<void> {
  await tx.deployment.create({ data: { ...begins, id: randomUUID(), state: "running" } });
}

/** Changes one deployment. */
export async function changeDeployment(
  tx: Transaction,
  id: string,
  change: Partial<Pick<DeploymentRecord, "state" | "finishedAt" | "previous">>,
): Promise<void> {
  await tx.deployment.update({ where: { id }, data: change });
}

/** The newest deployment of a release; null while it has none. */
export async function findDeploymentOf(tx: Transaction, releaseId: string): Promise<DeploymentRecord | null> {
  const row = await tx.deployment.findFirst({ where: { releaseId }, orderBy: { startedAt: "desc" } });
  return row && toRecord(row);
}

/** The newest deployments of a service, newest first. */
export async function findDeployments(
  tx: Transaction,
  service: string,
  take: number,
): Promise<DeploymentRecord[]> {
  const rows = await tx.deployment.findMany({ where: { service }, orderBy: { startedAt: "desc" }, take });
  return rows.map(toRecord);
}

/** The newest deployment of each service that ever had one. */
export async function newestDeployments(tx: Transaction): Promise<Map<string, DeploymentRecord>> {
  const rows = await tx.deployment.findMany({
    distinct: ["service"],
    orderBy: [{ service: "asc" }, { startedAt: "desc" }],
  });
  return new Map(rows.map((row) => [row.service, toRecord(row)]));
}

/** A deployment that is over, with the release it is of. */
export type Delivered = DeploymentRecord & {
  release: Pick<Release, "requestedAt" | "outcome"> | null;
};

/** Deployments that began since an instant and are over, of one service or of all, oldest first. */
export async function findDelivered(
  tx: Transaction,
  { service, since }: { service?: string; since: Date },
): Promise<Delivered[]> {
  const where = { startedAt: { gte: since }, state: { not: "running" } };
  const rows = await tx.deployment.findMany({
    where: service === undefined ? where : { ...where, service },
    orderBy: { startedAt: "asc" },
    include: { release: { select: { requestedAt: true, outcome: true } } },
  });
  return rows.map((row) => ({ ...toRecord(row), release: row.release }));
}

/** How many versions went out since an instant that the gate had not let out. */
export function countUncleared(
  tx: Transaction,
  { services, since }: { services: readonly string[] | null; since: Date },
): Promise<number> {
  const where = { startedAt: { gte: since }, gate: { not: "cleared" } };
  return tx.deployment.count({
    where: services === null ? where : { ...where, service: { in: [...services] } },
  });
}
