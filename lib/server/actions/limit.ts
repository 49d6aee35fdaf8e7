import "server-only";
import { type LimitUse, limitUse, windowMs } from "#lib/domain/runbooks/rate-limit.ts";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import { findLetGo } from "#lib/server/db/action-run.repo.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { AppError } from "#lib/server/errors.ts";

/** How much of an action's limit is used. */
export async function limitOf(
  tx: Transaction,
  runbook: string,
  { name, limit }: Pick<GuardedAction, "name" | "limit">,
  nowMs: number,
): Promise<LimitUse> {
  const since = new Date(nowMs - windowMs(limit));
  const letGo = await findLetGo(tx, { runbook, action: name, since });
  return limitUse(
    limit,
    letGo.map((at) => at.getTime()),
    nowMs,
  );
}

/** Under the action's lock: refuses one run too many. @throws `rate_limited` with when the next is free */
export async function requireFree(
  tx: Transaction,
  runbook: string,
  action: Pick<GuardedAction, "name" | "limit">,
  nowMs: number,
): Promise<void> {
  const { freeAtMs } = await limitOf(tx, runbook, action, nowMs);
  if (freeAtMs === null) return;
  const { runs, perMinutes } = action.limit;
  const freeAt = new Date(freeAtMs).toISOString();
  throw new AppError(
    "rate_limited",
    `${action.name} ran ${runs} times within ${perMinutes} minutes, as often as it may; the next run is free at ${freeAt}`,
    { retryAfterSeconds: Math.max(1, Math.ceil((freeAtMs - nowMs) / 1000)) },
  );
}
