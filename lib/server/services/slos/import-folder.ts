import "server-only";
import type { SloFileProblem } from "#lib/contracts/slo-code.ts";
import type { AuditFact } from "#lib/server/audit/record.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { adoptSlo, lockFolder } from "#lib/server/db/slo-folder.repo.ts";
import { findSlos, removeSlo, type SloRecord } from "#lib/server/db/slo.repo.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { log } from "#lib/server/log.ts";
import { readSloCode, type SloCode } from "#lib/server/slo-code/read-slo-code.ts";
import type { Problem } from "#lib/server/slo-code/source/problem.ts";
import { applyChanges, IMPORT_TIMEOUT_MS, recordAll } from "./import-apply.ts";
import { type FolderFiles, readFolder } from "./import-folder-files.ts";
import { folderState } from "./import-folder-state.ts";
import { type ImportPlan, planImport, type PlannedChange } from "./import-plan.ts";

const LOOK_EVERY_MS = 10_000;
const REASON = "The file says so.";
const CALLER = { requestId: "slo-folder", address: null };

function ofFolder(message: string): SloFileProblem {
  return { file: "", line: 1, column: 1, path: "", message };
}

function ofFile({ file, line, column, path, message }: Problem): SloFileProblem {
  return { file, line, column, path, message };
}

/** SLOs of files that no file has any more. */
function leaversOf(slos: readonly SloRecord[], plan: ImportPlan): SloRecord[] {
  const kept = new Set(plan.changes.map(({ key }) => key));
  return slos.filter(({ source, key }) => source === "file" && !kept.has(key));
}

/** Journeys that would be left without a step. */
function readersOf(slos: readonly SloRecord[], leavers: readonly SloRecord[]): SloFileProblem[] {
  const leaving = new Set(leavers.map(({ key }) => key));
  return slos.flatMap(({ key, definition }) => {
    const steps = definition?.sli.kind === "composite" && !leaving.has(key) ? definition.sli.steps : [];
    const lost = steps.filter(({ slo }) => leaving.has(slo));
    return lost.map(({ slo }) => ofFolder(`${slo} is in no file any more, but a step of ${key}.`));
  });
}

async function removeLeaver(tx: Transaction, { id, key, version }: SloRecord): Promise<AuditFact> {
  await removeSlo(tx, id, new Date());
  return { action: "slo.deleted", resource: { type: "slo", id }, before: { key, version } };
}

/** An SLO of the pages that a file has now: the folder looks after it from here on. */
async function adopt(tx: Transaction, slo: SloRecord): Promise<AuditFact> {
  slo.revision = await adoptSlo(tx, slo.id);
  slo.draft = null;
  const resource = { type: "slo", id: slo.id };
  return { action: "slo.adopted", resource, before: { source: "ui" }, after: { source: "file" } };
}

function isAdopted({ slo }: PlannedChange): boolean {
  return slo !== null && slo.source === "ui";
}

/** Brings the SLOs in line with the folder, or says why it cannot be; two replicas do it one after the other. */
async function applyFolder(code: SloCode): Promise<SloFileProblem[]> {
  return transaction(async (tx) => {
    await lockFolder(tx);
    const slos = await findSlos(tx);
    const plan = await planImport(tx, code.definitions, {
      actor: SYSTEM_ACTOR,
      source: "file",
      publishes: true,
      nowMs: Date.now(),
    });
    const leavers = leaversOf(slos, plan);
    const problems = [...plan.problems.map(ofFile), ...readersOf(slos, leavers)];
    if (problems.length > 0) return problems;
    const facts: AuditFact[] = [];
    for (const { slo } of plan.changes.filter(isAdopted)) if (slo) facts.push(await adopt(tx, slo));
    facts.push(...(await applyChanges(tx, SYSTEM_ACTOR, plan.changes, { source: "file", reason: REASON })));
    for (const leaver of leavers) facts.push(await removeLeaver(tx, leaver));
    await recordAll(tx, SYSTEM_ACTOR, CALLER, facts);
    return [];
  }, IMPORT_TIMEOUT_MS);
}

/** What keeps the files of a folder from being applied. */
async function problemsOf({ files }: FolderFiles, code: SloCode): Promise<SloFileProblem[]> {
  if (files.length === 0)
    return [ofFolder("There is no YAML file in the folder; it may not be there yet, so its SLOs stay.")];
  const errors = code.problems.filter(({ severity }) => severity === "error").map(ofFile);
  return errors.length > 0 ? errors : applyFolder(code);
}

async function look(folder: string, files: FolderFiles): Promise<void> {
  const code = readSloCode(files.files);
  const problems = await problemsOf(files, code);
  const warnings = code.problems.filter(({ severity }) => severity === "warning").map(ofFile);
  const state = folderState();
  const now = new Date().toISOString();
  const appliedAt = problems.length === 0 ? now : state.current.appliedAt;
  const slos = code.definitions.length;
  state.current = { folder, checkedAt: now, appliedAt, files: files.files.length, slos, problems, warnings };
  if (problems.length > 0)
    log().warn({ folder, problems }, "the SLO folder has problems; its SLOs stay as they were");
  else log().info({ folder, slos }, "the SLOs are those of the folder");
}

/** A folder that is away for a moment, as while its link is changed, takes no SLO with it. */
function noteUnreadable(error: Error): void {
  const state = folderState();
  state.current = { ...state.current, problems: [ofFolder(error.message)] };
  log().warn({ err: error }, "the SLO folder cannot be read; its SLOs stay as they were");
}

/**
 * The job that makes a folder the source of its SLOs: they are made, changed and removed as its files are. A file with a problem
 * leaves all of them as they were; problems are logged once per change and shown by `readSloFolder`.
 */
export function folderJob(folder: string): Job {
  let seen: string | null = null;
  return {
    name: "SLO folder",
    retryMs: LOOK_EVERY_MS,
    run: async () => {
      const read = await readFolder(folder).catch((error: unknown) => error as Error);
      const state = folderState();
      state.current = { ...state.current, folder, checkedAt: new Date().toISOString() };
      const sight = read instanceof Error ? read.message : read.hash;
      if (sight === seen) return LOOK_EVERY_MS;
      if (read instanceof Error) noteUnreadable(read);
      else await look(folder, read);
      seen = sight;
      return LOOK_EVERY_MS;
    },
  };
}
