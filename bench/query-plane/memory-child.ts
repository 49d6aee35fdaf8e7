// A process of its own, with --expose-gc: fills each cache of the plane until it lets go of the oldest, and weighs it.
import type { SourceSettings } from "#lib/server/env.ts";
import { toChart } from "#lib/server/panels/chart.ts";
import { ForeignReads } from "#lib/server/query/foreign/foreign-reads.ts";
import { Outgoing } from "#lib/server/query/foreign/outgoing.ts";
import { RangeResult } from "#lib/server/query/prometheus/schema.ts";
import { readMatrix, readVector } from "#lib/server/query/prometheus/values.ts";
import { extentsBytes, rangeQuestion } from "#lib/server/query/range-question.ts";
import { ReadThrough } from "#lib/server/query/read-through.ts";
import { tellChart } from "#lib/server/query/sent-charts.ts";
import type { InstantSample } from "#lib/server/query/types.ts";
import { wholeQuestion, wholeReads } from "#lib/server/query/whole-question.ts";
import type { Span } from "./world.ts";

const MEBIBYTE = 1024 * 1024;
/** So much more than the bound is put in. */
const OVERFULL = 1.4;

/** What Prometheus answered to one query, and about what one such answer weighs in a cache. */
export interface Recorded {
  name: string;
  range: { body: string; span: Span };
  vector: string;
}

/** Megabytes of a bound, and of what the cache took when it was full. */
export interface Weighed {
  name: string;
  boundMiB: number;
  grewMiB: number;
}

function heldBytes(): number {
  const { gc } = globalThis;
  if (!gc) throw new Error("needs --expose-gc");
  for (let times = 0; times < 3; times += 1) gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const SOURCE: SourceSettings = { kind: "prometheus", name: "memory", url: "http://127.0.0.1" };
const common = {
  maxBytes: 32 * MEBIBYTE,
  nowMs: Date.now,
  // Nothing is asked: the answers are here already.
  guardOf:
    () =>
    <T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal) =>
      work(signal),
};
const still = new AbortController().signal;

/** Puts answers in until they weigh well over the bound by themselves, and weighs what is left of them. */
async function weigh(name: string, put: (nth: number) => Promise<number>): Promise<Weighed> {
  const boundMiB = common.maxBytes / MEBIBYTE;
  await put(-1);
  const before = heldBytes();
  let bytes = 0;
  for (let nth = 0; bytes < boundMiB * MEBIBYTE * OVERFULL; nth += 1) bytes += await put(nth);
  return { name, boundMiB, grewMiB: (heldBytes() - before) / MEBIBYTE };
}

interface Envelope {
  data: unknown;
}

async function weighAll({ name, range: { body, span }, vector }: Recorded): Promise<Weighed[]> {
  // Read anew each time, as answers are: no two share their numbers or their labels.
  const linesOf = () => readMatrix(RangeResult.parse((JSON.parse(body) as Envelope).data).result, span);
  const valueBytes = linesOf().data.length * span.points * 8;
  const ranges = new ReadThrough({ ...common, bytesOf: extentsBytes });
  const rangeOf = (nth: number) =>
    ranges.read(
      rangeQuestion({
        source: SOURCE,
        family: `recorded{nth="${nth}"}`,
        grid: span,
        freshMs: 600_000,
        nowMs: Date.now,
        pointsStandAlone: true,
        load: async () => linesOf(),
      }),
      still,
    );
  const extents = await weigh(`ranges of ${name}`, async (nth) => {
    await rangeOf(nth);
    return valueBytes;
  });
  const instants = wholeReads<InstantSample[]>(common);
  const samples = await weigh(`instants of ${name}`, async (nth) => {
    const told = () => readVector((JSON.parse(vector) as { data: { result: [] } }).data.result);
    const load = async () => ({ ...told(), asOfMs: 0 });
    const family = `recorded{nth="${nth}"}`;
    await instants.read(
      wholeQuestion({ source: SOURCE, family, freshMs: 600_000, nowMs: Date.now, load }),
      still,
    );
    return vector.length;
  });
  const told = await weigh(`charts told of ${name}`, async (nth) => {
    const chart = toChart(
      { ...span, series: linesOf().data },
      { unit: "count", nameOf: (labels) => Object.values(labels).join() },
    );
    const series = chart.series.map((line) => ({
      ...line,
      values: line.values.map((v) => v && v + nth + 0.5),
    }));
    tellChart({ ...chart, series }, undefined);
    return valueBytes;
  });
  const reads = new ForeignReads(common);
  const foreign = await weigh(`foreign answers of ${name}`, async (nth) => {
    const outgoing = new Outgoing(200, "application/json", Buffer.from(body));
    await reads.join(`${nth}`, still, async () => ({ outgoing, keepMs: 3_600_000 }));
    return outgoing.bytes + (await outgoing.wire(true)).body.length;
  });
  const results = [extents, samples, told, foreign];
  // A cache that nothing needs any more would be gone before it was weighed.
  for (const cache of [ranges, instants, reads]) kept.add(cache);
  return results;
}

const kept = new Set<object>();

process.on("message", (recorded) => {
  weighAll(recorded as Recorded).then(
    (weighed) => process.send?.(weighed),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
