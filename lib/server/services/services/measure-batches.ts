import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import {
  batchDurationCounters,
  batchFigures,
  type BatchReading,
  lastRunSeconds,
  readBatches,
} from "#lib/domain/signals/batch.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext, RangeData } from "#lib/server/query/types.ts";
import { gather, mapMeasured } from "#lib/server/services/cluster/gather.ts";

const RUNS_RANGE_MS = 2 * 86_400_000;
const RUNS_STEP_SECONDS = 600;

/** Runs, failures, last duration and age of the last success of every batch service. */
export async function measureBatches(
  context: QueryContext,
  nowMs: number,
): Promise<Measured<Map<string, BatchReading>>> {
  const plane = queryPlane();
  const counters = plane.range(context, {
    expr: batchDurationCounters(),
    fromMs: nowMs - RUNS_RANGE_MS,
    toMs: nowMs,
    stepSeconds: RUNS_STEP_SECONDS,
  });
  const parts = await gather({
    figures: { what: "batch runs", read: plane.instant(context, { expr: batchFigures() }) },
    counters: { what: "durations of batch runs", read: counters, slow: true },
  });
  return mapMeasured(parts, ({ figures, counters: ran }) => {
    const batches = [...readBatches(figures ?? [])];
    return new Map(
      batches.map(([service, batch]) => [
        service,
        { ...batch, lastDurationSeconds: lastDuration(ran, service) },
      ]),
    );
  });
}

function lastDuration(counters: RangeData | null, service: string): number | null {
  const valuesOf = (figure: string) =>
    counters?.series.find(({ labels }) => labels.service === service && labels.figure === figure)?.values ??
    [];
  return lastRunSeconds(valuesOf("seconds"), valuesOf("runs"));
}
