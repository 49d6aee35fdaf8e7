import "server-only";
import { coverageLabel } from "#lib/domain/slo/budget/budget.ts";
import { decimal } from "#lib/domain/slo/decimal.ts";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import type { TargetFacts } from "#lib/domain/slo/propose/recommend-target.ts";
import { type Fused, fuse, type KnownMeasure, placesOf, writeFused } from "#lib/domain/slo/queries/fuse.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { readSlot } from "#lib/domain/slo/queries/read-slots.ts";
import { measureId } from "#lib/server/ledger/measure-id.ts";
import { askRange } from "#lib/server/query/direct.ts";
import type { QueryContext, RangeSeries } from "#lib/server/query/types.ts";

const DAY_SECONDS = 86_400;
const DAYS = 30;
/**
 * A target's second digit needs no slots: events are counted by the quarter of a day, a twentieth of the source's
 * work. A counter that restarts twice within loses the shorter run, of good and bad events alike.
 */
const GRAIN_SECONDS = DAY_SECONDS / 4;
/** Slices keep their length and are looked at this often. */
const SAMPLE_SECONDS = 300;
/** A few failed scrapes make no history short. */
const WHOLE_SHARE = 0.98;

type Past = TargetFacts["measured"];
const NO_PAST: Past = { goodRatio: null, coverage: null };

/** Every step of an answer read by the measure's own rules, and summed. */
function pastOf({ measure }: KnownMeasure, parts: ReadonlyMap<string, RangeSeries["values"]>): Past {
  const length = Math.max(0, ...[...parts.values()].map((values) => values.length));
  let [bad, total, covered] = [0, 0, 0];
  for (let at = 0; at < length; at++) {
    const part = (name: string) => [parts.get(name)?.[at] ?? null];
    const value = readSlot(
      { numerator: part("numerator"), total: part("total"), value: part("value") },
      measure,
    );
    if (!value) continue;
    bad += value.bad;
    total += value.total;
    covered += 1;
  }
  if (total === 0) return NO_PAST;
  const share = covered / length;
  const coverage = share >= WHOLE_SHARE ? null : coverageLabel(share * DAYS * 288, DAYS * 288);
  return { goodRatio: decimal(1 - bad / total), coverage };
}

function added(a: RangeSeries["values"] | undefined, b: RangeSeries["values"]): RangeSeries["values"] {
  return a ? b.map((value, at) => (value === null ? (a[at] ?? null) : (a[at] ?? 0) + value)) : b;
}

async function askPast(context: QueryContext, fused: Fused, nowMs: number): Promise<[string, Past][]> {
  const stepSeconds = fused.sliceSeconds === null ? GRAIN_SECONDS : SAMPLE_SECONDS;
  const toMs = Math.floor(nowMs / 1000 / stepSeconds) * stepSeconds * 1000;
  const { data } = await askRange(context, {
    expr: writeFused(fused, fused.sliceSeconds ?? GRAIN_SECONDS),
    fromMs: toMs - (DAYS * DAY_SECONDS - stepSeconds) * 1000,
    toMs,
    stepSeconds,
  });
  const find = placesOf(fused);
  const byMeasure = new Map<string, Map<string, RangeSeries["values"]>>();
  for (const { labels, values } of data.series) {
    for (const { measureId: id, part } of find(labels)) {
      const parts = byMeasure.get(id) ?? new Map<string, RangeSeries["values"]>();
      byMeasure.set(id, parts.set(part, added(parts.get(part), values)));
    }
  }
  return fused.members.map((member) => [member.id, pastOf(member, byMeasure.get(member.id) ?? new Map())]);
}

/**
 * What was measured of definitions over the last 30 days, asked for together, in the actor's own sight.
 * @throws AppError in the source's words when it does not answer
 */
export async function measurePasts(
  context: QueryContext,
  definitions: readonly SloDefinition[],
): Promise<(definition: SloDefinition | undefined) => Past> {
  const known = definitions.flatMap((definition) => {
    const measure = measureOf(definition);
    return measure ? [{ id: measureId(measure), measure, definition }] : [];
  });
  const nowMs = Date.now();
  const pasts = new Map(
    (await Promise.all(fuse(known).map((fused) => askPast(context, fused, nowMs)))).flat(),
  );
  const ids = new Map(known.map(({ id, definition }) => [definition, id]));
  return (definition) => (definition && pasts.get(ids.get(definition) ?? "")) ?? NO_PAST;
}
