import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findSlos, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { type Difference, differences } from "#lib/server/slo-code/differences.ts";
import type { FoundDefinition } from "#lib/server/slo-code/read-slo-code.ts";
import type { Problem } from "#lib/server/slo-code/source/problem.ts";
import { definitionIssues, refuseRetroactive, stepIssues } from "./check.ts";
import { requireOwnSource } from "./save.ts";
import { shownDefinition, sloFilter } from "./visibility.ts";

/** What becomes of one definition of a file. */
export interface PlannedChange {
  key: string;
  change: "create" | "update" | "same";
  found: FoundDefinition;
  /** The SLO that has the key now. */
  slo: SloRecord | null;
  differences: Difference[];
}

/** What a set of files would change; with problems nothing of it may be done. */
export interface ImportPlan {
  changes: PlannedChange[];
  problems: Problem[];
}

/** What is to be imported for: pages' SLOs by people, or those of a folder. */
export type ImportSource = "ui" | "file";

/** Who publishes changes what is in force, anybody else the draft beside it. */
function planOne(found: FoundDefinition, slo: SloRecord | undefined, publishes: boolean): PlannedChange {
  const key = sloKey(found.definition);
  if (!slo) return { key, change: "create", found, slo: null, differences: [] };
  const before = publishes ? slo.definition : (slo.draft?.definition ?? slo.definition);
  const changed = differences(before ?? shownDefinition(slo), found.definition);
  const isSame = before !== null && changed.length === 0;
  return { key, change: isSame ? "same" : "update", found, slo, differences: changed };
}

/** The fields that an error names, as problems of the file; other errors pass. */
function problemsOf(found: FoundDefinition, check: () => void): Problem[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof AppError) || !error.fields) throw error;
    return error.fields.map(({ path, message }) => {
      const field = path.split(".").slice(1);
      const steps = field.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
      return found.problemAt(steps, message);
    });
  }
}

/** What only people may not do: change the SLOs of a folder, or the past without a second person. */
function problemsOfPeople({ found, slo }: PlannedChange, nowMs: number): Problem[] {
  const { definition } = found;
  return [
    ...(slo ? problemsOf(found, () => requireOwnSource(slo)) : []),
    ...problemsOf(found, () => refuseRetroactive(definition, slo?.definition ?? null, nowMs)),
  ];
}

/** A journey after the steps that it reads. */
function byDependency(a: PlannedChange, b: PlannedChange): number {
  const isJourney = ({ found }: PlannedChange) => Number(found.definition.sli.kind === "composite");
  return isJourney(a) - isJourney(b);
}

function measuredKeys(definitions: readonly SloDefinition[]): Set<string> {
  return new Set(definitions.filter(({ sli }) => sli.kind !== "composite").map(sloKey));
}

/** Who imports, and how. */
interface ImportBy {
  actor: Actor;
  source: ImportSource;
  publishes: boolean;
  nowMs: number;
}

/** What the definitions of files would change in the SLOs that are there, by key; and what is wrong with them there. */
export async function planImport(
  tx: Transaction,
  found: readonly FoundDefinition[],
  { actor, source, publishes, nowMs }: ImportBy,
): Promise<ImportPlan> {
  const isVisible = await sloFilter(actor);
  const hidden = found.filter(({ definition }) => !isVisible(definition));
  // What the actor may not see is not compared either: the differences would tell.
  if (hidden.length > 0) {
    const message = "You could not see this SLO yourself.";
    return { changes: [], problems: hidden.map((one) => one.problemAt(["service"], message)) };
  }
  const byKey = new Map((await findSlos(tx)).map((slo) => [slo.key, slo]));
  const changes = found
    .map((one) => planOne(one, byKey.get(sloKey(one.definition)), publishes))
    .sort(byDependency);
  const also = measuredKeys(found.map(({ definition }) => definition));
  const problems: Problem[] = [];
  for (const change of changes) {
    const { definition } = change.found;
    const issues = [...definitionIssues(definition), ...(await stepIssues(tx, actor, definition, also))];
    problems.push(...issues.map(({ path, message }) => change.found.problemAt(path, message)));
    if (source === "ui" && change.change !== "same") problems.push(...problemsOfPeople(change, nowMs));
  }
  return { changes, problems };
}
