import { compareLabels, formatLabels, sortLabels, type Labels } from "./labels.ts";
import { matches, type Selector } from "./logql/selector.ts";
import type { SegmentFiles } from "./segment-files.ts";

export interface Entry {
  timestampNs: bigint;
  line: string;
  /** Structured metadata, `detected_level` among it. */
  metadata: Labels;
  /** The segment that keeps it; memory and disk forget together. */
  segment: number;
}

/** The lines of one label set, oldest first. */
export interface Stream {
  key: string;
  labels: Labels;
  entries: Entry[];
}

export type NewEntry = Omit<Entry, "segment">;
export type Listener = (stream: Stream, entry: NewEntry) => void;

/** The lines in memory, backed by segment files; `listeners` hear every line that is new. */
export class LogStore {
  readonly listeners = new Set<Listener>();
  readonly #streams = new Map<string, Stream>();
  readonly #files: SegmentFiles;

  /** Reads back what the files hold. */
  constructor(files: SegmentFiles) {
    this.#files = files;
    for (const { labels, entries, segment } of files.read()) {
      const stream = this.#stream(sortLabels(labels));
      for (const [timestampNs, line, metadata] of entries) {
        const entry = { timestampNs: BigInt(timestampNs), line, metadata: new Map(metadata), segment };
        insert(stream.entries, entry);
      }
    }
  }

  /** Adds lines to a stream and answers after they are on disk; a line that is already there is passed over. */
  append(labels: Labels, entries: readonly NewEntry[]): void {
    const stream = this.#stream(labels);
    const added = entries.filter((entry) => isNew(stream.entries, entry));
    if (added.length === 0) return;
    const segment = this.#files.write({
      labels: [...labels],
      entries: added.map(({ timestampNs, line, metadata }) => [String(timestampNs), line, [...metadata]]),
    });
    for (const entry of added) {
      insert(stream.entries, { ...entry, segment });
      for (const listener of this.listeners) listener(stream, entry);
    }
  }

  /** Drops the segments that are past the store's bounds. */
  expire(nowMs: number): void {
    const dropped = new Set(this.#files.expire(nowMs));
    if (dropped.size === 0) return;
    for (const stream of this.#streams.values()) {
      stream.entries = stream.entries.filter(({ segment }) => !dropped.has(segment));
      if (stream.entries.length === 0) this.#streams.delete(stream.key);
    }
  }

  /** The time of a stream's newest line, in ns; undefined for a new stream. */
  newestNs(labels: Labels): bigint | undefined {
    return this.#streams.get(formatLabels(labels))?.entries.at(-1)?.timestampNs;
  }

  /**
   * The streams with a line in [fromNs, toNs) that satisfy one of the selectors, all such without a selector,
   * in the order of their labels.
   */
  streams(selectors: readonly Selector[], fromNs: bigint, toNs: bigint): Stream[] {
    return [...this.#streams.values()]
      .filter(
        ({ labels, entries }) =>
          (selectors.length === 0 || selectors.some((selector) => matches(selector, labels))) &&
          lowerBound(entries, fromNs) < lowerBound(entries, toNs),
      )
      .sort((a, b) => compareLabels(a.labels, b.labels));
  }

  #stream(labels: Labels): Stream {
    const key = formatLabels(labels);
    const known = this.#streams.get(key);
    if (known) return known;
    const stream: Stream = { key, labels, entries: [] };
    this.#streams.set(key, stream);
    return stream;
  }
}

/** The index of the first entry at or after a time. */
export function lowerBound(entries: readonly Entry[], timestampNs: bigint): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry && entry.timestampNs < timestampNs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether the stream lacks this line at this nanosecond. */
function isNew(entries: readonly Entry[], { timestampNs, line }: NewEntry): boolean {
  const from = lowerBound(entries, timestampNs);
  const to = lowerBound(entries, timestampNs + 1n);
  return !entries.slice(from, to).some((entry) => entry.line === line);
}

/** Keeps the order of time, and of arrival within one nanosecond. */
function insert(entries: Entry[], entry: Entry): void {
  if (isNew(entries, entry)) entries.splice(lowerBound(entries, entry.timestampNs + 1n), 0, entry);
}
