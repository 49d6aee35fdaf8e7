import "server-only";
import { encodeLabels, encodeWriteRequest } from "#demo/sim/remote-write.ts";

/** The flag a Prometheus needs before {@link writeSeries} may write to it. */
export const TAKES_REMOTE_WRITE = "--web.enable-remote-write-receiver";
const TICKS_PER_REQUEST = 2000;

/** A series with its value at any time; NaN where it has none. */
export interface WrittenSeries {
  name: string;
  labels: Record<string, string>;
  valueAt: (tMs: number) => number;
}

/** Writes a past into a real Prometheus: every series at every `stepMs`, the last one at `toMs`. */
export async function writeSeries(
  prometheusUrl: string,
  series: readonly WrittenSeries[],
  { fromMs, toMs, stepMs }: { fromMs: number; toMs: number; stepMs: number },
): Promise<void> {
  const labels = series.map((one) => encodeLabels(one.name, one.labels));
  const alive = new Uint8Array(series.length);
  const times = Array.from({ length: Math.floor((toMs - fromMs) / stepMs) + 1 }, (_, i) => toMs - i * stepMs);
  times.reverse();
  for (let first = 0; first < times.length; first += TICKS_PER_REQUEST) {
    const timesMs = times.slice(first, first + TICKS_PER_REQUEST);
    const values = Float64Array.from(series.flatMap(({ valueAt }) => timesMs.map(valueAt)));
    const body = encodeWriteRequest({ labels, timesMs, values, stride: timesMs.length, alive });
    const response = await fetch(`${prometheusUrl}/api/v1/write`, {
      method: "POST",
      headers: {
        "content-type": "application/x-protobuf",
        "content-encoding": "snappy",
        "x-prometheus-remote-write-version": "0.1.0",
      },
      body,
    });
    if (!response.ok) throw new Error(`the write was refused: ${await response.text()}`);
  }
}
