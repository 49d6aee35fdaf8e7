import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import { NO_DATA_AFTER_MS } from "#lib/domain/slo/status/axes.ts";
import type { StateRecord } from "#lib/server/db/slo-state.repo.ts";

/** The provenance of evaluations: as of their newest sample, stale when that is older than "no data" allows. */
export function measuredStates<T>(data: T, states: readonly StateRecord[], nowMs: number): Measured<T> {
  const newest = Math.max(...states.map(({ evaluated }) => evaluated.newestSampleMs ?? -Infinity));
  const known = Number.isFinite(newest);
  return {
    data,
    asOf: known ? new Date(newest).toISOString() : null,
    stale: known && nowMs - newest > NO_DATA_AFTER_MS,
    partial: false,
    warnings: [],
  };
}
