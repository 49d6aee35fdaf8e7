import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const Pairs = z.array(z.tuple([z.string(), z.string()]));
const Batch = z.object({
  labels: Pairs,
  entries: z.array(z.tuple([z.string().regex(/^\d{1,19}$/), z.string(), Pairs])),
});
/** What one write adds to one stream; a line of a segment file. */
export type Batch = z.infer<typeof Batch>;

interface Segment {
  id: number;
  file: string;
  lines: number;
  newestMs: number;
}

interface OpenSegment {
  descriptor: number;
  segment: Segment;
  day: string;
}

export interface Bounds {
  maxLines: number;
  maxAgeMs: number;
  /** Lines after which a new segment begins, as it does on a new day. */
  segmentLines: number;
}
export const BOUNDS: Bounds = { maxLines: 300_000, maxAgeMs: 48 * 3_600_000, segmentLines: 30_000 };

/**
 * Append-only files of JSON lines, `<day>-<number>.ndjson`. A write is in the kernel's hands when it returns,
 * so kill -9 loses nothing; a torn last line is passed over, and every start begins a file of its own.
 */
export class SegmentFiles {
  readonly #directory: string;
  readonly #bounds: Bounds;
  readonly #now: () => number;
  #segments: Segment[] = [];
  #open: OpenSegment | null = null;
  #lastId = 0;

  constructor(directory: string, now: () => number, bounds: Bounds = BOUNDS) {
    this.#directory = directory;
    this.#bounds = bounds;
    this.#now = now;
    mkdirSync(directory, { recursive: true });
  }

  /** Every readable batch with its segment, oldest first; to be called once, before the first write. */
  *read(): Generator<Batch & { segment: number }> {
    for (const name of readdirSync(this.#directory).sort(byNumber)) {
      const id = numberOf(name);
      if (id === null) continue;
      const segment = { id, file: path.join(this.#directory, name), lines: 0, newestMs: 0 };
      this.#segments.push(segment);
      this.#lastId = Math.max(this.#lastId, id);
      for (const batch of readBatches(segment.file)) {
        count(segment, batch);
        yield { ...batch, segment: id };
      }
    }
  }

  /** Adds a batch and answers the number of the segment that keeps it. Throws what the file system throws. */
  write(batch: Batch): number {
    const open = this.#openFor(batch.entries.length);
    writeSync(open.descriptor, `${JSON.stringify(batch)}\n`);
    count(open.segment, batch);
    return open.segment.id;
  }

  /** Begins a new segment when the day or the size asks for one. */
  #openFor(lines: number): OpenSegment {
    const day = new Date(this.#now()).toISOString().slice(0, 10);
    if (this.#open?.day === day && this.#open.segment.lines + lines <= this.#bounds.segmentLines) {
      return this.#open;
    }
    this.close();
    const id = ++this.#lastId;
    const file = path.join(this.#directory, `${day}-${String(id).padStart(6, "0")}.ndjson`);
    const segment = { id, file, lines: 0, newestMs: 0 };
    this.#open = { descriptor: openSync(file, "ax"), segment, day };
    this.#segments.push(segment);
    return this.#open;
  }

  /** Deletes the oldest segments while the others hold enough lines, and those past their age; their numbers. */
  expire(nowMs: number): number[] {
    const closed = this.#segments.filter((segment) => segment !== this.#open?.segment);
    let lines = this.#segments.reduce((sum, segment) => sum + segment.lines, 0);
    const expired = closed.filter((segment) => {
      const old = segment.newestMs < nowMs - this.#bounds.maxAgeMs;
      const over = lines > this.#bounds.maxLines;
      if (old || over) lines -= segment.lines;
      return old || over;
    });
    this.#segments = this.#segments.filter((segment) => !expired.includes(segment));
    for (const { file } of expired) rmSync(file, { force: true });
    return expired.map(({ id }) => id);
  }

  close(): void {
    if (this.#open) closeSync(this.#open.descriptor);
    this.#open = null;
  }
}

function numberOf(name: string): number | null {
  const [, digits] = /^\d{4}-\d\d-\d\d-(\d+)\.ndjson$/.exec(name) ?? [];
  return digits === undefined ? null : Number(digits);
}

function byNumber(a: string, b: string): number {
  return (numberOf(a) ?? 0) - (numberOf(b) ?? 0);
}

function count(segment: Segment, batch: Batch): void {
  segment.lines += batch.entries.length;
  for (const [timestampNs] of batch.entries) {
    segment.newestMs = Math.max(segment.newestMs, Number(timestampNs) / 1e6);
  }
}

function* readBatches(file: string): Generator<Batch> {
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const batch = Batch.safeParse(parseJson(line));
    if (batch.success) yield batch.data;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
