import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { type Preview, PreviewSlo } from "#lib/contracts/slos.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import type { Issue } from "#lib/domain/slo/definition/issue.ts";
import { type KnownMeasure, writeMeasure } from "#lib/domain/slo/queries/fuse.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { dayOfSlot, slotAt, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { windowNow } from "#lib/domain/slo/time/periods.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, type Transaction } from "#lib/server/db/client.ts";
import { findSloByKey, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { type EntryRecord, findEntries } from "#lib/server/db/slo-entry.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import type { SloInForce } from "#lib/server/ledger/in-force.ts";
import { measureId } from "#lib/server/ledger/measure-id.ts";
import { limit } from "#lib/server/rate-limit/limit.ts";
import { definitionIssues, retroactiveIssues, stepIssues } from "./check.ts";
import { previewFigures } from "./preview-figures.ts";
import { measureSlots } from "./preview-slots.ts";
import { previewSource } from "./preview-source.ts";
import { requireSlo, sloFilter } from "./visibility.ts";

const PREVIEW_SLOTS = 30 * SLOTS_PER_DAY;
/** Stands for an SLO that has no id yet. */
const UNSAVED = "unsaved";
const NOTHING: Preview = { issues: [], problem: null, budgets: [], graphs: [], alerts: [], queries: [] };

/** What a preview reads of the database. */
interface Saved {
  slo: SloRecord | null;
  steps: SloInForce[];
  entries: Map<string, EntryRecord[]>;
  issues: Issue[];
}

async function takenIssues(tx: Transaction, definition: SloDefinition, id: string): Promise<Issue[]> {
  const key = sloKey(definition);
  const other = await findSloByKey(tx, key);
  return other && other.id !== id ? [{ path: ["name"], message: `There is an SLO ${key} already.` }] : [];
}

async function stepsOf(tx: Transaction, { sli }: SloDefinition): Promise<SloInForce[]> {
  if (sli.kind !== "composite") return [];
  const steps: SloInForce[] = [];
  for (const { slo: key } of sli.steps) {
    const step = await findSloByKey(tx, key);
    if (step?.definition) steps.push({ ...step, definition: step.definition });
  }
  return steps;
}

async function readSaved(
  tx: Transaction,
  actor: Actor,
  definition: SloDefinition,
  id: string | undefined,
): Promise<Saved> {
  const slo = id === undefined ? null : await requireSlo(tx, id, actor);
  const own = slo?.id ?? UNSAVED;
  const steps = await stepsOf(tx, definition);
  const entries = new Map<string, EntryRecord[]>();
  for (const one of [own, ...steps.map((step) => step.id)]) entries.set(one, await findEntries(tx, one));
  const issues = [
    ...(await takenIssues(tx, definition, own)),
    ...(await stepIssues(tx, actor, definition)),
    ...retroactiveIssues(definition, slo?.definition ?? null, Date.now()),
  ];
  return { slo, steps, entries, issues };
}

function measuresOf(slos: readonly SloInForce[]): KnownMeasure[] {
  const measures = slos.flatMap(({ definition, measureId: id }) => {
    const measure = measureOf(definition);
    return measure && id !== null ? [{ id, measure }] : [];
  });
  return [...new Map(measures.map((known) => [known.id, known])).values()];
}

function answer(data: Preview, newestSampleMs: number | null = null): Measured<Preview> {
  const asOf = newestSampleMs === null ? null : new Date(newestSampleMs).toISOString();
  return { data, asOf, stale: false, partial: data.problem !== null, warnings: [] };
}

function withIssues(issues: readonly Issue[]): Measured<Preview> {
  const dotted = issues.map(({ path, message }) => ({ path: path.join("."), message }));
  return answer({ ...NOTHING, issues: dotted });
}

/**
 * What a definition would have shown over the last 30 days, or its longest window, before it is saved. The source
 * is asked in the actor's own sight.
 * @throws `rate_limited`, and the source's own words when it does not answer
 */
export async function previewSlo(actor: Actor, input: unknown, caller: Caller): Promise<Measured<Preview>> {
  authorize(actor, "slos:draft");
  const { definition, id } = parseInput(PreviewSlo, input);
  await limit("sloPreview", caller.address, actor.tokenId ?? actor.id);
  const own = definitionIssues(definition);
  if (own.length > 0) return withIssues(own);
  if (!(await sloFilter(actor))(definition)) {
    throw new AppError("forbidden", "with this subject you could not see the SLO yourself");
  }
  const saved = await read((tx) => readSaved(tx, actor, definition, id));
  if (saved.issues.length > 0) return withIssues(saved.issues);
  const measure = measureOf(definition);
  const slo: SloInForce = {
    id: saved.slo?.id ?? UNSAVED,
    key: sloKey(definition),
    version: saved.slo?.version ?? 0,
    definition,
    measureId: measure && measureId(measure),
  };
  const nowMs = Date.now();
  const openSlot = slotAt(nowMs);
  const starts = definition.objectives.map(({ window }) => windowNow(window, nowMs).soFar.from);
  const firstDay = dayOfSlot(Math.min(openSlot + 1 - PREVIEW_SLOTS, ...starts));
  const span = { from: firstDay * SLOTS_PER_DAY, openSlot, nowMs };
  const slos = [slo, ...saved.steps];
  const measures = measuresOf(slos);
  const slots = await measureSlots({ actor, signal: caller.signal }, measures, span);
  const byKey = new Map(saved.steps.map((step) => [step.key, step]));
  const source = previewSource({ span, slots, entries: saved.entries, byKey });
  const time = {
    nowMs,
    openSlot,
    windowNow: (window: (typeof definition.objectives)[number]["window"]) => windowNow(window, nowMs),
  };
  const { newestSampleMs, ...figures } = await previewFigures(slo, slos, source, time);
  const problem = measures.flatMap((one) => slots.get(one.id)?.problem ?? [])[0] ?? null;
  const queries = measures.flatMap((one) => writeMeasure(one.measure));
  return answer({ ...NOTHING, ...figures, problem, queries }, newestSampleMs);
}
