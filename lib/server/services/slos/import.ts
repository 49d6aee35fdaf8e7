import "server-only";
import { type ImportAnswer, ImportSlos } from "#lib/contracts/slos.ts";
import { permits } from "#lib/domain/access/permissions.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { readSloCode, type SloCode } from "#lib/server/slo-code/read-slo-code.ts";
import type { Problem } from "#lib/server/slo-code/source/problem.ts";
import { applyChanges, IMPORT_TIMEOUT_MS, recordAll } from "./import-apply.ts";
import { planImport, type PlannedChange } from "./import-plan.ts";

/** A value as a person reads it in a list of differences; empty where there is none. */
function inWords(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function place({ line, path, message }: Problem): string {
  return `line ${line}, ${path || "the text"}: ${message}`;
}

/** Warnings of parts that make no SLO of their own stand with the first one. */
function orphans({ definitions, problems }: SloCode): Problem[] {
  const owned = new Set(definitions.flatMap(({ warnings }) => warnings));
  return problems.filter((problem) => problem.severity === "warning" && !owned.has(problem));
}

function toAnswer(
  dryRun: boolean,
  changes: readonly PlannedChange[],
  problems: readonly Problem[],
  loose: readonly Problem[],
): ImportAnswer {
  return {
    dryRun,
    changes: changes.map(({ key, change, found, differences }, at) => ({
      key,
      change,
      differences: differences.map(({ path, before, after }) => ({
        path,
        before: inWords(before),
        after: inWords(after),
      })),
      warnings: [...found.warnings, ...(at === 0 ? loose : [])].map(place),
    })),
    problems: problems.map(({ line, column, path, message }) => ({ line, column, path, message })),
  };
}

/**
 * Imports the SLOs of a YAML text by their keys: makes those that are not there, changes those that differ, leaves alone
 * those that are the same. All of it or nothing; with `dryRun`, or where the text has problems, nothing. What the caller may
 * not publish becomes drafts.
 * @throws `conflict` when an SLO was changed meanwhile, `invalid` for a lowered target without a reason
 */
export async function importSlos(actor: Actor, input: unknown, caller: Caller): Promise<ImportAnswer> {
  authorize(actor, "slos:draft");
  const { text, dryRun, reason = null } = parseInput(ImportSlos, input);
  const code = readSloCode([{ name: "", text }]);
  const errors = code.problems.filter(({ severity }) => severity === "error");
  const publishes = permits(actor, "slos:publish");
  return transaction(async (tx) => {
    const by = { actor, source: "ui", publishes, nowMs: Date.now() } as const;
    const plan = await planImport(tx, code.definitions, by);
    const problems = [...errors, ...plan.problems];
    if (!dryRun && problems.length === 0) {
      const facts = await applyChanges(tx, actor, plan.changes, { source: "ui", reason });
      await recordAll(tx, actor, caller, facts);
    }
    return toAnswer(dryRun, plan.changes, problems, orphans(code));
  }, IMPORT_TIMEOUT_MS);
}
