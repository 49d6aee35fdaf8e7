import { type Level, LEVELS, type Status, statusOfLevel } from "#lib/domain/status/status.ts";
import type { BatchVerdict } from "./batch.ts";
import type { ErrorsVerdict, LatencyVerdict, TrafficVerdict } from "./judge-requests.ts";
import type { SaturationVerdict } from "./saturation.ts";

export interface GoldenSignals {
  latency: LatencyVerdict;
  traffic: TrafficVerdict;
  errors: ErrorsVerdict;
  saturation: SaturationVerdict;
}

/** The worst of some levels; UNKNOWN for none. */
export function worstLevel(levels: readonly Level[]): Level {
  return LEVELS.find((level) => levels.includes(level)) ?? "UNKNOWN";
}

/**
 * A service is as bad as its worst signal. It is healthy only when what its kind lives by was measured
 * and is OK: latency and errors for a service with requests, its runs for a batch service. Traffic
 * without a baseline and pods without limits are UNKNOWN and hide nothing, so they do not count then.
 */
export function serviceLevel(signals: GoldenSignals, batch: BatchVerdict | null): Level {
  const { latency, traffic, errors, saturation } = signals;
  const required = batch ? [batch.level] : [latency.level, errors.level];
  const optional = batch ? [saturation.level] : [traffic.level, saturation.level];
  return worstLevel([...required, ...optional.filter((level) => level !== "UNKNOWN")]);
}

/** The status a service shows while no SLO speaks for it. */
export function serviceStatus(signals: GoldenSignals, batch: BatchVerdict | null): Status {
  return statusOfLevel(serviceLevel(signals, batch));
}
