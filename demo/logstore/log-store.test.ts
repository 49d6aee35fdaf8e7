import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LogStore } from "./log-store.ts";
import { BOUNDS, SegmentFiles, type Bounds } from "./segment-files.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 10, 20, 23, 59);
const LABELS = new Map([["app", "x"]]);

let folder: string;
let nowMs: number;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "burnline-segments-"));
  nowMs = START_MS;
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (bounds: Bounds = BOUNDS) => new LogStore(new SegmentFiles(folder, () => nowMs, bounds));
const entry = (i: number, line = `line ${i}`) => ({
  timestampNs: BigInt(START_MS) * 1_000_000n + BigInt(i),
  line,
  metadata: new Map([["detected_level", "info"]]),
});
const lines = (store: LogStore) =>
  store.streams([], 0n, 2n ** 63n).flatMap(({ entries }) => entries.map(({ line }) => line));

it("reads back what was written, in order, once each, after an abrupt end", () => {
  const store = open();
  store.append(LABELS, [entry(2), entry(1)]);
  store.append(LABELS, [entry(1), entry(3), entry(3, "same time")]);
  // No close: the process was killed, and its last write was torn.
  const [file = ""] = readdirSync(folder);
  appendFileSync(path.join(folder, file), '{"labels":[["app","x"]],"entries":[["17', "utf8");
  const again = open();
  expect(lines(again)).toEqual(["line 1", "line 2", "line 3", "same time"]);
  expect(again.streams([], 0n, 2n ** 63n)[0]).toMatchObject({ key: '{app="x"}', labels: LABELS });
  again.append(LABELS, [entry(4)]);
  expect(lines(open())).toEqual(["line 1", "line 2", "line 3", "same time", "line 4"]);
});

it("passes over foreign files and foreign lines", () => {
  open().append(LABELS, [entry(1)]);
  const [file = ""] = readdirSync(folder);
  appendFileSync(path.join(folder, file), '{"labels":"?"}\n\0\0\n');
  appendFileSync(path.join(folder, "notes.txt"), "hello");
  expect(lines(open())).toEqual(["line 1"]);
});

it("begins a segment with each day and forgets lines past their age, on disk too", () => {
  const store = open();
  store.append(LABELS, [entry(1)]);
  nowMs = START_MS + 120_000;
  store.append(LABELS, [{ ...entry(2), timestampNs: BigInt(nowMs) * 1_000_000n }]);
  expect(readdirSync(folder).sort()).toEqual(["2026-11-20-000001.ndjson", "2026-11-21-000002.ndjson"]);
  store.expire(START_MS + 2 * DAY_MS + 1);
  expect(lines(store)).toEqual(["line 2"]);
  expect(readdirSync(folder)).toEqual(["2026-11-21-000002.ndjson"]);
});

it("keeps to its number of lines by whole segments, on disk too", () => {
  const bounds = { maxLines: 50, maxAgeMs: DAY_MS, segmentLines: 10 };
  const store = open(bounds);
  for (let i = 0; i < 100; i++) {
    store.append(LABELS, [entry(i)]);
    store.expire(nowMs);
  }
  expect(lines(store)).toEqual(Array.from({ length: 50 }, (_, i) => `line ${i + 50}`));
  expect(readdirSync(folder)).toHaveLength(5);
  expect(lines(open(bounds))).toEqual(lines(store));
});

it("forgets a stream with its last line", () => {
  const store = open({ maxLines: 1, maxAgeMs: DAY_MS, segmentLines: 1 });
  store.append(new Map([["app", "old"]]), [entry(1)]);
  store.append(LABELS, [entry(2)]);
  store.expire(nowMs);
  expect(store.streams([], 0n, 2n ** 63n).map(({ key }) => key)).toEqual(['{app="x"}']);
});
