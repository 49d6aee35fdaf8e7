import type { Labels } from "./series.ts";

// Prometheus remote write 1.0: WriteRequest { 1: TimeSeries { 1: Label { 1: name, 2: value }, 2: Sample { 1: double, 2: int64 } } },
// snappy-compressed. Samples are written in one shape of fixed size, which makes the encoder one pass without measuring.

const LENGTH_DELIMITED = 2;
const field = (number: number, wireType: number): number => (number << 3) | wireType;

const SERIES_TAG = field(1, LENGTH_DELIMITED);
const LABEL_TAG = field(1, LENGTH_DELIMITED);
const SAMPLE_TAG = field(2, LENGTH_DELIMITED);
const VALUE_TAG = field(1, 1);
const TIMESTAMP_TAG = field(2, 0);

/** Milliseconds between 2004 and 2109 are varints of six bytes. */
const TIMESTAMP_BYTES = 6;
const SAMPLE_BODY_BYTES = 1 + 8 + 1 + TIMESTAMP_BYTES;
const SAMPLE_BYTES = 2 + SAMPLE_BODY_BYTES;
const VALUE_OFFSET = 3;

/** Prometheus marks the end of a series with this NaN; any other NaN would be a value. */
const STALE_NAN = 0x7ff0_0000_0000_0002n;
const SNAPPY_HEADER_BYTES = 5 + 5;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

function text(number: number, value: string): number[] {
  const bytes = Buffer.from(value);
  return [field(number, LENGTH_DELIMITED), ...varint(bytes.length), ...bytes];
}

/** The labels of a series as they stand in a request; Prometheus wants them sorted by name. */
export function encodeLabels(name: string, labels: Labels): Uint8Array {
  const pairs = Object.entries({ ...labels, __name__: name }).sort(([a], [b]) => (a < b ? -1 : 1));
  return Uint8Array.from(
    pairs.flatMap(([key, value]) => {
      const body = [...text(1, key), ...text(2, value)];
      return [LABEL_TAG, ...varint(body.length), ...body];
    }),
  );
}

/** Samples of many series at the same times: `values[series * stride + time]`, NaN where there is none. */
interface SampleBlock {
  labels: readonly Uint8Array[];
  timesMs: readonly number[];
  values: Float64Array;
  stride: number;
  /** Per series, whether it had a sample just before this block; decides where an end is marked. */
  alive: Uint8Array;
}

/** Encodes a block as a compressed write request and updates `alive`. */
export function encodeWriteRequest(block: SampleBlock): Uint8Array<ArrayBuffer> {
  const { labels, timesMs, values, stride, alive } = block;
  const samples = emptySamples(timesMs);
  const room = labels.reduce((sum, one) => sum + 16 + one.length + samples.length, SNAPPY_HEADER_BYTES);
  const bytes = new Uint8Array(room);
  const view = new DataView(bytes.buffer);
  let at = SNAPPY_HEADER_BYTES;
  labels.forEach((encoded, series) => {
    const own = values.subarray(series * stride, series * stride + timesMs.length);
    const written = presentTimes(own, alive[series] === 1);
    alive[series] = Number.isNaN(own[own.length - 1]!) ? 0 : 1;
    if (written?.length === 0) return;
    const count = written?.length ?? timesMs.length;
    const header = [SERIES_TAG, ...varint(encoded.length + count * SAMPLE_BYTES)];
    bytes.set(header, at);
    bytes.set(encoded, at + header.length);
    at += header.length + encoded.length;
    if (written) bytes.set(emptySamples(written.map((time) => timesMs[time]!)), at);
    else bytes.set(samples, at);
    for (let index = 0; index < count; index++) {
      const value = own[written ? written[index]! : index]!;
      if (Number.isNaN(value)) view.setBigUint64(at + VALUE_OFFSET, STALE_NAN, true);
      else view.setFloat64(at + VALUE_OFFSET, value, true);
      at += SAMPLE_BYTES;
    }
  });
  return snappyLiteral(bytes, at);
}

/** Samples at these times with their values still to be filled in: every series of a block is written over a copy. */
function emptySamples(timesMs: readonly number[]): Uint8Array {
  const gap = new Uint8Array(8);
  return Uint8Array.from(
    timesMs.flatMap((tMs) => [
      SAMPLE_TAG,
      SAMPLE_BODY_BYTES,
      VALUE_TAG,
      ...gap,
      TIMESTAMP_TAG,
      ...varint(tMs),
    ]),
  );
}

/** Indexes of the times to write: those with a value, and the first without one after it; null when it is all of them. */
function presentTimes(values: Float64Array, aliveBefore: boolean): number[] | null {
  if (isComplete(values)) return null;
  const times: number[] = [];
  let alive = aliveBefore;
  values.forEach((value, time) => {
    const missing = Number.isNaN(value);
    if (!missing || alive) times.push(time);
    alive = !missing;
  });
  return times;
}

function isComplete(values: Float64Array): boolean {
  for (let index = 0; index < values.length; index++) if (Number.isNaN(values[index])) return false;
  return true;
}

/** Frames the message as one snappy literal: over loopback, copying beats compressing. */
function snappyLiteral(bytes: Uint8Array<ArrayBuffer>, end: number): Uint8Array<ArrayBuffer> {
  const length = end - SNAPPY_HEADER_BYTES;
  const size = varint(length);
  const start = SNAPPY_HEADER_BYTES - 5 - size.length;
  bytes.set(size, start);
  bytes[SNAPPY_HEADER_BYTES - 5] = 63 << 2;
  new DataView(bytes.buffer).setUint32(SNAPPY_HEADER_BYTES - 4, length - 1, true);
  return bytes.subarray(start, end);
}
