import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { checkDefinition } from "#lib/domain/slo/definition/check-definition.ts";
import type { Issue } from "#lib/domain/slo/definition/issue.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { writeMeasure } from "#lib/domain/slo/queries/fuse.ts";
import { isRetroactive } from "#lib/domain/slo/time/exclusion-windows.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findSlos } from "#lib/server/db/slo.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { QUERY_LIMITS } from "#lib/server/query/limits.ts";
import { checkPromql } from "#lib/server/query/promql-syntax.ts";
import { shownDefinition, sloFilter } from "./visibility.ts";

/** What is wrong with the PromQL of a definition that is sound otherwise. */
function queryIssues(definition: SloDefinition): Issue[] {
  const measure = measureOf(definition);
  if (!measure) return [];
  return writeMeasure(measure).flatMap(({ name, expr }) => {
    try {
      checkPromql(expr, QUERY_LIMITS.maxExprLength);
      return [];
    } catch (error) {
      const field = definition.sli.kind === "probe" ? "expression" : name;
      return [{ path: ["sli", field], message: (error as Error).message }];
    }
  });
}

/** Everything that keeps a definition from being saved, each with the path of its field. */
export function definitionIssues(definition: SloDefinition): Issue[] {
  const issues = checkDefinition(definition);
  return issues.length > 0 ? issues : queryIssues(definition);
}

/** Issues as the one error that names every field below `prefix`. */
export function asInvalid(issues: readonly Issue[], prefix = "definition"): AppError {
  const fields = issues.map(({ path, message }) => ({ path: [prefix, ...path].join("."), message }));
  return new AppError("invalid", fields.map(({ path, message }) => `${path}: ${message}`).join("; "), {
    fields,
  });
}

/**
 * Steps of a journey that are no SLO with a measure of its own, or none that the actor may see: a journey would show its
 * figures. `also` are the keys of SLOs that are about to be saved with it.
 */
export async function stepIssues(
  tx: Transaction,
  actor: Actor,
  { sli }: SloDefinition,
  also: ReadonlySet<string> = new Set(),
): Promise<Issue[]> {
  if (sli.kind !== "composite") return [];
  const isVisible = await sloFilter(actor);
  const seen = (await findSlos(tx)).filter(
    (slo) => slo.measureId !== null && isVisible(shownDefinition(slo)),
  );
  const measured = new Set(seen.map(({ key }) => key));
  return sli.steps.flatMap(({ slo }, at) =>
    measured.has(slo) || also.has(slo)
      ? []
      : [{ path: ["sli", "steps", at, "slo"], message: `There is no SLO "${slo}" that a step could read.` }],
  );
}

/** @throws `invalid` naming each field that keeps the definition from being saved */
export async function requireSound(tx: Transaction, actor: Actor, definition: SloDefinition): Promise<void> {
  const issues = definitionIssues(definition);
  const found = issues.length > 0 ? issues : await stepIssues(tx, actor, definition);
  if (found.length > 0) throw asInvalid(found);
}

/** Exclusions that newly leave out what was measured already: that takes two people. */
export function retroactiveIssues(
  after: SloDefinition,
  before: SloDefinition | null,
  nowMs: number,
): Issue[] {
  const known = new Set((before?.exclusions.windows ?? []).map((window) => JSON.stringify(window)));
  const message = "Begins in the past. Add it to the budget's ledger, where a second person agrees to it.";
  return after.exclusions.windows.flatMap((window, at) =>
    isRetroactive(window, nowMs) && !known.has(JSON.stringify(window))
      ? [{ path: ["exclusions", "windows", at], message }]
      : [],
  );
}

/** @throws `invalid` for {@link retroactiveIssues} */
export function refuseRetroactive(after: SloDefinition, before: SloDefinition | null, nowMs: number): void {
  const issues = retroactiveIssues(after, before, nowMs);
  if (issues.length > 0) throw asInvalid(issues);
}
