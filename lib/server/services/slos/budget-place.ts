import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { type GroupLabels, groupKey } from "#lib/domain/slo/definition/groups.ts";
import { slotAt } from "#lib/domain/slo/slots/slot.ts";
import { type WindowNow, windowNow } from "#lib/domain/slo/time/periods.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findMeasures, type MeasureRecord } from "#lib/server/db/measure.repo.ts";
import type { SloRecord } from "#lib/server/db/slo.repo.ts";
import { findStates, type StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { currentStates } from "./entry.ts";
import { requireSlo } from "./visibility.ts";

/** One budget: an objective of a group of an SLO, as it was last evaluated. */
export interface BudgetPlace {
  slo: SloRecord;
  definition: SloDefinition;
  objective: SloDefinition["objectives"][number];
  measure: MeasureRecord | undefined;
  state: StateRecord;
  /** When it was evaluated: every figure is as of then. */
  nowMs: number;
  /** Begins after the slot that was open then. */
  endSlot: number;
  window: WindowNow;
}

/** The group of a request as its labels. @throws `invalid` naming `group` */
export function parseGroup(text: string): GroupLabels {
  const message = 'must be the labels of a group as JSON, such as {"region":"eu"}';
  const bad = new AppError("invalid", `group ${message}`, { fields: [{ path: "group", message }] });
  let labels: unknown;
  try {
    labels = JSON.parse(text);
  } catch {
    throw bad;
  }
  if (typeof labels !== "object" || labels === null || Array.isArray(labels)) throw bad;
  const entries = Object.entries(labels).filter((entry): entry is [string, string] => {
    if (typeof entry[1] !== "string") throw bad;
    return true;
  });
  return Object.fromEntries(entries);
}

function unknown(path: "objective" | "group", message: string): AppError {
  return new AppError("not_found", message, { fields: [{ path, message }] });
}

/**
 * The budget that a request names, of an SLO that the actor may see.
 * @throws `not_found` for an unknown SLO, objective or group, `unavailable` while nothing of it was evaluated of late
 */
export async function requirePlace(
  tx: Transaction,
  actor: Actor,
  query: { id: string; objective: number; group: string },
): Promise<BudgetPlace> {
  const key = groupKey(parseGroup(query.group));
  const slo = await requireSlo(tx, query.id, actor);
  const { definition } = slo;
  if (!definition) throw new AppError("unavailable", `${slo.key} is a draft: nothing of it is measured yet`);
  const objective = definition.objectives[query.objective];
  if (!objective) throw unknown("objective", `${slo.key} has no objective ${query.objective}`);
  const [measure] = slo.measureId === null ? [] : await findMeasures(tx, [slo.measureId]);
  const all = await findStates(tx, [slo.id]);
  const states = currentStates(slo, { states: all, measure, nowMs: Date.now() });
  if (states.length === 0) throw new AppError("unavailable", `${slo.key} was not evaluated of late`);
  const state = states.find((one) => one.objective === query.objective && one.groupKey === key);
  if (!state) throw unknown("group", `${slo.key} has no group ${query.group}`);
  const nowMs = state.evaluatedAt.getTime();
  const endSlot = slotAt(nowMs) + 1;
  return {
    slo,
    definition,
    objective,
    measure,
    state,
    nowMs,
    endSlot,
    window: windowNow(objective.window, nowMs),
  };
}
