import "server-only";
import type { CheckedCondition } from "#lib/contracts/runbook-actions.ts";
import type { ActionCondition } from "#lib/contracts/runbooks.ts";
import { type ConditionAnswer, fillQuery, holds, type Target } from "#lib/domain/runbooks/condition.ts";
import { toProblem } from "#lib/server/errors.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";

const SHOWN_VALUES = 5;

/** Asks the source itself, now: what a page was shown some seconds ago does not count. */
async function ask(context: QueryContext, expr: string): Promise<ConditionAnswer> {
  try {
    const { data, stale, partial } = await queryPlane().instant(context, { expr, maxAgeMs: 0 });
    return { values: data.map(({ value }) => value), stale, partial };
  } catch (error) {
    if (context.signal.aborted) throw error;
    return { problem: toProblem(error, "").detail };
  }
}

async function check(
  context: QueryContext,
  condition: ActionCondition,
  target: Target,
): Promise<CheckedCondition> {
  const filled = fillQuery(condition.query, target);
  const query = "query" in filled ? filled.query : condition.query;
  const answer = "query" in filled ? await ask(context, filled.query) : filled;
  const values = "values" in answer ? answer.values.slice(0, SHOWN_VALUES) : [];
  return { ...condition, query, values, ...holds(condition.op, condition.value, answer) };
}

/** What the conditions of an action show now for a target. A source that does not answer holds nothing. */
export function checkConditions(
  context: QueryContext,
  conditions: readonly ActionCondition[],
  target: Target,
): Promise<CheckedCondition[]> {
  return Promise.all(conditions.map((one) => check(context, one, target)));
}

/** Why an action may not run; null when all of its conditions hold. */
export function whyNotNow(conditions: readonly CheckedCondition[]): string | null {
  const against = conditions.filter(({ state }) => state !== "holds");
  if (against.length === 0) return null;
  return against.map(({ says, why }) => `does not hold: ${says} (${why ?? "no data"})`).join("; ");
}
