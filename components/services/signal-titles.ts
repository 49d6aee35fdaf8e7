import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import type { SeriesData } from "#lib/contracts/series.ts";
import { writePerSecond, writeRatio, writeSeconds, writeTimes } from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";

type Signals = ServiceHealth["signals"];

/** "p99 412 ms, 18 % under the threshold of 500 ms". */
export function latencyTitle({ p99Seconds, thresholdSeconds, reason }: Signals["latency"]): string {
  if (p99Seconds === null) return `Latency: ${reason}`;
  return `p99 ${writeSeconds(p99Seconds)}, ${distance(p99Seconds / thresholdSeconds)} threshold of ${writeSeconds(thresholdSeconds)}`;
}

/** How far a figure is from its limit: "18 % under the", "at the", "20 % over the", "2.4x the". */
function distance(times: number): string {
  if (times >= 2) return `${writeTimes(times)} the`;
  const percent = Math.round(Math.abs(times - 1) * 100);
  if (percent === 0) return times > 1 ? "just over the" : "at the";
  return `${percent} % ${times > 1 ? "over" : "under"} the`;
}

/** "94/s, 2.2x the usual 43/s". */
export function trafficTitle({
  requestsPerSecond,
  baselinePerSecond,
  ratio,
  reason,
}: Signals["traffic"]): string {
  if (requestsPerSecond === null) return `Traffic: ${reason}`;
  const now = writePerSecond(requestsPerSecond);
  if (baselinePerSecond === null || ratio === null) return `${now}, no baseline yet`;
  const usual = writePerSecond(baselinePerSecond);
  const percent = Math.round(Math.abs(ratio - 1) * 100);
  if (ratio >= 2 || ratio <= 0.5) return `${now}, ${writeTimes(ratio)} the usual ${usual}`;
  return percent === 0
    ? `${now}, as usual`
    : `${now}, ${percent} % ${ratio > 1 ? "over" : "under"} the usual ${usual}`;
}

/** "2.31 % of requests fail". */
export function errorsTitle({ ratio, reason }: Signals["errors"]): string {
  if (ratio === null) return `Errors: ${reason}`;
  return ratio === 0 ? "No request fails" : `${writeRatio(ratio)} of requests fail`;
}

/** "CPU of checkout-7c9 at 71 %". */
export function saturationTitle({ ratio, reason }: Signals["saturation"]): string {
  return ratio === null ? `Saturation: ${reason}` : capitalized(reason);
}

type Batch = NonNullable<ServiceHealth["batch"]>;

/** "4 runs in 24 h, 1 failed". */
export function batchRunsTitle({ runsLastDay, failuresLastDay }: Batch): string {
  if (runsLastDay === null) return "Runs: no data";
  const runs = runsLastDay === 0 ? "No run" : countOf(runsLastDay, "run");
  const failures =
    failuresLastDay === null
      ? "failures unknown"
      : failuresLastDay === 0
        ? "none failed"
        : `${failuresLastDay} failed`;
  return `${runs} in 24 h, ${failures}`;
}

/** "Last run took 21 min". */
export function batchDurationTitle({ lastDurationSeconds }: Batch): string {
  return lastDurationSeconds === null
    ? "Duration: no run in this range"
    : `Last run took ${writeSeconds(lastDurationSeconds)}`;
}

/** "Last success 9 h ago". */
export function batchAgeTitle({ lastSuccessAgeSeconds }: Batch): string {
  return lastSuccessAgeSeconds === null
    ? "No success on record"
    : `Last success ${writeSeconds(lastSuccessAgeSeconds)} ago`;
}

/** "99.8 % of the expected records processed", over the drawn range. */
export function recordsTitle({ series }: Pick<SeriesData, "series">): string {
  const sumOf = (name: string) =>
    series.find((line) => line.name === name)?.values.reduce((sum: number, value) => sum + (value ?? 0), 0) ??
    0;
  const expected = sumOf("expected");
  if (expected === 0) return "Records: none expected in this range";
  return `${writeRatio(sumOf("processed") / expected)} of the expected records processed`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
