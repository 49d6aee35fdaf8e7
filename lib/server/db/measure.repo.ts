import "server-only";
import type { Measure } from "#lib/domain/slo/queries/measure.ts";
import { MeasureSpec } from "./measure-spec.ts";
import type { Transaction } from "./client.ts";

/** A measure and how far its ledger has come; slots are counted from 1970. */
export interface MeasureRecord {
  id: string;
  measure: Measure;
  resumeSlot: number;
  backfillTo: number;
  backfillFrom: number;
  newestSampleAt: Date | null;
  problem: string | null;
}

interface Row extends Omit<MeasureRecord, "measure"> {
  spec: unknown;
}

function toRecord({ spec, ...row }: Row): MeasureRecord {
  return { ...row, measure: MeasureSpec.parse(spec) };
}

/** The measures that versions in force read. */
export async function findMeasuresInUse(tx: Transaction): Promise<MeasureRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select distinct on (m.id) m.id, m.spec, m.resume_slot as "resumeSlot", m.backfill_to as "backfillTo",
      m.backfill_from as "backfillFrom", m.newest_sample_at as "newestSampleAt", m.problem
    from measures m
    join slo_versions v on v.measure_id = m.id
    join slos s on s.id = v.slo_id and s.current_version = v.version and s.deleted_at is null
    order by m.id`;
  return rows.map(toRecord);
}

/** Some measures by their ids; those that are not there are left out. */
export async function findMeasures(tx: Transaction, ids: readonly string[]): Promise<MeasureRecord[]> {
  const rows = await tx.measure.findMany({ where: { id: { in: [...ids] } } });
  return rows.map(toRecord);
}

/**
 * Makes sure that a measure is kept, from the slot `now` on and back to `wantedFrom`; one that is there already only
 * goes back further.
 */
export async function ensureMeasure(
  tx: Transaction,
  { id, measure }: { id: string; measure: Measure },
  slots: { now: number; wantedFrom: number },
): Promise<void> {
  const { now, wantedFrom } = slots;
  await tx.$executeRaw`
    insert into measures (id, spec, resume_slot, backfill_to, backfill_from)
    values (${id}, ${JSON.stringify(measure)}::jsonb, ${now}, ${now}, ${wantedFrom})
    on conflict (id) do update set backfill_from = least(measures.backfill_from, excluded.backfill_from)`;
}

/** What a look at the sources changed about a measure. */
export interface MeasureProgress {
  id: string;
  resumeSlot?: number;
  backfillTo?: number;
  newestSampleAt?: Date | null;
  problem?: string | null;
}

/** Notes progress, all of it in one statement. */
export async function saveProgress(tx: Transaction, progress: readonly MeasureProgress[]): Promise<void> {
  if (progress.length === 0) return;
  const rows = JSON.stringify(
    progress.map(({ id, resumeSlot, backfillTo, newestSampleAt, problem }) => ({
      id,
      resume_slot: resumeSlot,
      backfill_to: backfillTo,
      newest: newestSampleAt?.toISOString(),
      has_problem: problem !== undefined,
      problem,
    })),
  );
  await tx.$executeRaw`
    update measures m set
      resume_slot = greatest(m.resume_slot, coalesce(p.resume_slot, m.resume_slot)),
      backfill_to = least(m.backfill_to, coalesce(p.backfill_to, m.backfill_to)),
      newest_sample_at = greatest(m.newest_sample_at, p.newest),
      problem = case when p.has_problem then p.problem else m.problem end
    from jsonb_to_recordset(${rows}::jsonb)
      as p(id text, resume_slot int, backfill_to int, newest timestamptz, has_problem boolean, problem text)
    where m.id = p.id`;
}
