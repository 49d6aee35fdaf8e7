import "server-only";
import { BudgetQuery, type Snapshot } from "#lib/contracts/slo-budgets.ts";
import { groupKey, labelsOfGroup } from "#lib/domain/slo/definition/groups.ts";
import { DAY_MS } from "#lib/domain/slo/slots/slot.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findSnapshots } from "#lib/server/db/slo-state.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { parseGroup } from "./budget-place.ts";
import { requireSlo } from "./visibility.ts";

const HISTORY_DAYS = 30;

/** What one budget showed over the last 30 days, oldest first: every change of its status and a look each hour. */
export async function getSloHistory(actor: Actor, input: unknown): Promise<{ snapshots: Snapshot[] }> {
  authorize(actor, "slos:read");
  const { id, objective, group } = parseInput(BudgetQuery, input);
  const key = groupKey(parseGroup(group));
  const records = await read(async (tx) => {
    await requireSlo(tx, id, actor);
    return findSnapshots(tx, id, new Date(Date.now() - HISTORY_DAYS * DAY_MS));
  });
  const snapshots = records
    .filter((one) => one.objective === objective && one.groupKey === key)
    .map(({ at, status, previousStatus, remainingRatio, burnRate6h }) => ({
      at: at.toISOString(),
      objective,
      group: labelsOfGroup(key),
      status,
      previousStatus,
      budgetRemainingRatio: remainingRatio,
      burnRate6h,
    }));
  return { snapshots };
}
