import "server-only";
import { type ForgeName, HeldDeployment } from "#lib/contracts/forges.ts";
import type { Transaction } from "./client.ts";
import type { ForgeDeployment } from "./generated/client.ts";

/** A deployment that a forge holds, with what it was told. */
export interface HeldRecord extends Omit<ForgeDeployment, "forge" | "request"> {
  forge: ForgeName;
  deployment: HeldDeployment;
}

const toRecord = ({ request, ...row }: ForgeDeployment): HeldRecord => ({
  ...row,
  forge: row.forge as ForgeName,
  deployment: HeldDeployment.parse(request),
});

/** Keeps a deployment that a forge holds, due at once; the same one again changes nothing. */
export async function keepHeld(
  tx: Transaction,
  forge: ForgeName,
  { key, deployment }: { key: string; deployment: HeldDeployment },
): Promise<void> {
  const data = [{ id: `${forge}:${key}`, forge, request: deployment, dueAt: new Date() }];
  await tx.forgeDeployment.createMany({ data, skipDuplicates: true });
}

/**
 * Leases the deployment that is due longest until an instant, counted as an attempt; null while none is. Another process
 * finds it after the lease only.
 */
export async function leaseHeld(
  tx: Transaction,
  { now, until }: { now: Date; until: Date },
): Promise<HeldRecord | null> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    update forge_deployments set leased_until = ${until}::timestamptz, attempts = attempts + 1
    where id = (
      select id from forge_deployments
      where settled_at is null and due_at <= ${now}::timestamptz
        and (leased_until is null or leased_until <= ${now}::timestamptz)
      order by due_at limit 1 for update skip locked)
    returning id`;
  const row = found && (await tx.forgeDeployment.findUnique({ where: { id: found.id } }));
  return row ? toRecord(row) : null;
}

type Change = Partial<
  Pick<
    ForgeDeployment,
    "releaseId" | "told" | "reports" | "settledAt" | "dueAt" | "attempts" | "lastError" | "leasedUntil"
  >
>;

/** Changes a leased deployment. @returns false when the lease has gone to somebody else */
export async function changeHeld(
  tx: Transaction,
  { id, leasedUntil }: Pick<HeldRecord, "id" | "leasedUntil">,
  change: Change,
): Promise<boolean> {
  const { count } = await tx.forgeDeployment.updateMany({
    where: { id, leasedUntil, settledAt: null },
    data: change,
  });
  return count === 1;
}
