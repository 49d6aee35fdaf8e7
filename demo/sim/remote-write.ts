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

/** Samples of many series at the same times: `values[series * times.length + time]`, NaN where there is none. */
export interface SampleBlock {
  labels: readonly Uint8Array[];
  timesMs: readonly number[];
  values: Float64Array;
  /** Per series, whether it had a sample just before this block; decides where an end is marked. */
  alive: Uint8Array;
}

/** Encodes a block as a compressed write request and updates `alive`. */
export function encodeWriteRequest(block: SampleBlock): Uint8Array<ArrayBuffer> {
  const { labels, timesMs, values, alive } = block;
  const perSeries = 16 + timesMs.length * SAMPLE_BYTES;
  const room = labels.reduce((sum, bytes) => sum + bytes.length + perSeries, SNAPPY_HEADER_BYTES);
  const bytes = new Uint8Array(room);
  const view = new DataView(bytes.buffer);
  const stamps = timesMs.map(varint);
  let at = SNAPPY_HEADER_BYTES;

  const sample = (value: number, stamp: number[]): void => {
    bytes[at] = SAMPLE_TAG;
    bytes[at + 1] = SAMPLE_BODY_BYTES;
    bytes[at + 2] = VALUE_TAG;
    if (Number.isNaN(value)) view.setBigUint64(at + 3, STALE_NAN, true);
    else view.setFloat64(at + 3, value, true);
    bytes[at + 11] = TIMESTAMP_TAG;
    for (let i = 0; i < TIMESTAMP_BYTES; i++) bytes[at + 12 + i] = stamp[i]!;
    at += SAMPLE_BYTES;
  };

  labels.forEach((encoded, series) => {
    const first = series * timesMs.length;
    const written = presentTimes(values, first, timesMs.length, alive[series] === 1);
    alive[series] = Number.isNaN(values[first + timesMs.length - 1]!) ? 0 : 1;
    if (written.length === 0) return;
    const header = [SERIES_TAG, ...varint(encoded.length + written.length * SAMPLE_BYTES)];
    bytes.set(header, at);
    bytes.set(encoded, at + header.length);
    at += header.length + encoded.length;
    for (const time of written) sample(values[first + time]!, stamps[time]!);
  });
  return snappyLiteral(bytes, at);
}

/** Indexes of the times to write: those with a value, and the first without one after it. */
function presentTimes(values: Float64Array, first: number, count: number, aliveBefore: boolean): number[] {
  const times: number[] = [];
  let alive = aliveBefore;
  for (let time = 0; time < count; time++) {
    const missing = Number.isNaN(values[first + time]!);
    if (!missing || alive) times.push(time);
    alive = !missing;
  }
  return times;
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

/** Sends one encoded request; throws with Prometheus' own words when it is refused. */
export async function sendWriteRequest(prometheusUrl: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const response = await fetch(new URL("api/v1/write", ensureSlash(prometheusUrl)), {
    method: "POST",
    headers: {
      "content-type": "application/x-protobuf",
      "content-encoding": "snappy",
      "x-prometheus-remote-write-version": "0.1.0",
    },
    body,
  });
  const words = await response.text();
  if (!response.ok) throw new Error(`Prometheus refused the history (${response.status}): ${words.trim()}`);
}

const ensureSlash = (url: string): string => (url.endsWith("/") ? url : `${url}/`);
