import "server-only";
import type { Transaction } from "./client.ts";
import type { SpendingApproval } from "./generated/client.ts";

const MOST_SHOWN = 200;

/** Agreed spending as it is kept. */
export type SpendingRow = SpendingApproval;

/** The newest agreements, of some services or of all. */
export function findSpendings(
  tx: Transaction,
  services: readonly string[] | null,
): Promise<SpendingApproval[]> {
  return tx.spendingApproval.findMany({
    where: services === null ? {} : { service: { in: [...services] } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MOST_SHOWN,
  });
}

/** Agreements of some services that hold at an instant, those that hold longest first. */
export function findSpendingsInForce(
  tx: Transaction,
  services: readonly string[],
  at: Date,
): Promise<SpendingRow[]> {
  return tx.spendingApproval.findMany({
    where: { service: { in: [...services] }, withdrawnAt: null, expiresAt: { gt: at } },
    orderBy: { expiresAt: "desc" },
  });
}

export function findOneSpending(tx: Transaction, id: string): Promise<SpendingApproval | null> {
  return tx.spendingApproval.findUnique({ where: { id } });
}

export function addSpending(
  tx: Transaction,
  spending: Omit<SpendingApproval, "at" | "withdrawnAt" | "withdrawnBy">,
): Promise<SpendingApproval> {
  return tx.spendingApproval.create({ data: spending });
}

/** Takes an agreement back. @returns null when it is not there, was withdrawn already or is over */
export async function withdrawSpending(
  tx: Transaction,
  id: string,
  by: string,
): Promise<SpendingApproval | null> {
  const now = new Date();
  const { count } = await tx.spendingApproval.updateMany({
    where: { id, withdrawnAt: null, expiresAt: { gt: now } },
    data: { withdrawnAt: now, withdrawnBy: by },
  });
  return count === 0 ? null : tx.spendingApproval.findUniqueOrThrow({ where: { id } });
}
