import { z } from "zod";
import { detectLevel } from "./detected-level.ts";
import { formatLabels, sortLabels, type Labels } from "./labels.ts";
import type { LogStore, NewEntry } from "./log-store.ts";
import { LokiError } from "./loki-error.ts";

const MAX_LINE_BYTES = 262_144;
const MAX_LABELS = 15;
const MAX_NAME_LENGTH = 1_024;
const MAX_VALUE_LENGTH = 2_048;
const MAX_AGE_NS = 7n * 86_400_000_000_000n;
const MAX_LEAD_NS = 600_000_000_000n;
/** How far a line may lie behind its stream's newest. */
const MAX_LAG_NS = 3_600_000_000_000n;

const Names = z.record(z.string(), z.string());
const PushBody = z.object({
  streams: z
    .array(
      z.object({
        stream: Names.default({}),
        values: z.array(
          z.union([
            z.tuple([z.string().regex(/^\d{1,19}$/), z.string()]),
            z.tuple([z.string().regex(/^\d{1,19}$/), z.string(), Names]),
          ]),
        ),
      }),
    )
    .default([]),
});

/** Labels that say which service a stream belongs to, in the order Loki looks at them. */
const SERVICE_LABELS = [
  "service",
  "app",
  "application",
  "app_name",
  "name",
  "app_kubernetes_io_name",
  "container",
  "container_name",
  "k8s_container_name",
  "component",
  "workload",
  "job",
  "k8s_job_name",
];

/**
 * Stores a push body. Good lines are kept even when others are refused; the refusals are answered together.
 * Throws LokiError 400 or 422.
 */
export function push(store: LogStore, body: string, nowNs: bigint): void {
  const streams = readStreams(body);
  if (streams.length === 0) {
    throw new LokiError(422, "error at least one valid stream is required for ingestion\n");
  }
  const labelled = streams.map(({ stream, values }) => ({ labels: streamLabels(stream), values }));
  const refusals = labelled.flatMap(({ labels, values }) => {
    const refusal = refuseLabels(labels);
    return refusal === null ? pushStream(store, labels, values, nowNs) : [refusal];
  });
  if (refusals.length > 0) throw new LokiError(400, `${[...new Set(refusals)].join("\n")}\n`);
}

function readStreams(body: string): z.infer<typeof PushBody>["streams"] {
  if (body === "") throw new LokiError(400, "EOF\n");
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw new LokiError(400, `the push body is not JSON: ${(error as Error).message}\n`);
  }
  const parsed = PushBody.safeParse(json);
  if (parsed.success) return parsed.data.streams;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new LokiError(400, `the push body cannot be read: ${issues.join("; ")}\n`);
}

function streamLabels(stream: Record<string, string>): Labels {
  const service = SERVICE_LABELS.map((name) => stream[name]).find((value) => value !== undefined);
  for (const name of Object.keys(stream)) refuseBadName(name);
  return sortLabels([["service_name", service ?? "unknown_service"], ...Object.entries(stream)]);
}

function refuseBadName(name: string): void {
  const bad = /^[a-zA-Z_]?[a-zA-Z0-9_]*/.exec(name)?.[0].length ?? 0;
  if (bad === name.length && name !== "" && !/^\d/.test(name)) return;
  const character = name[bad] ?? "";
  const reason = `parse error: unexpected character inside braces: '${character}'`;
  throw new LokiError(400, `couldn't parse labels: 1:${bad + 2}: ${reason}\n`);
}

function refuseLabels(labels: Labels): string | null {
  const stream = formatLabels(labels);
  const names = labels.size - (labels.has("service_name") ? 1 : 0);
  if (names > MAX_LABELS) return `entry for stream '${stream}' has ${names} label names; limit ${MAX_LABELS}`;
  for (const [name, value] of labels) {
    if (name.length > MAX_NAME_LENGTH) return `stream '${stream}' has label name too long: '${name}'`;
    if (value.length > MAX_VALUE_LENGTH) return `stream '${stream}' has label value too long: '${value}'`;
  }
  return null;
}

type Value = z.infer<typeof PushBody>["streams"][number]["values"][number];

function pushStream(store: LogStore, labels: Labels, values: Value[], nowNs: bigint): string[] {
  const refusals: string[] = [];
  const kept: NewEntry[] = [];
  const newestNs = store.newestNs(labels);
  for (const [time, line, fields = {}] of values) {
    const timestampNs = BigInt(time);
    const refusal = refuseEntry(formatLabels(labels), timestampNs, line, nowNs);
    const lag = refusal === null && newestNs !== undefined && timestampNs < newestNs - MAX_LAG_NS;
    if (lag)
      refusals.push(tooFarBehind(formatLabels(labels), timestampNs, newestNs - MAX_LAG_NS, values.length));
    else if (refusal !== null) refusals.push(refusal);
    else {
      const given: Labels = new Map(Object.entries(fields));
      const level: [string, string] = ["detected_level", detectLevel(line, given, labels)];
      kept.push({ timestampNs, line, metadata: sortLabels([level, ...given]) });
    }
  }
  store.append(labels, kept);
  return refusals;
}

function refuseEntry(stream: string, timestampNs: bigint, line: string, nowNs: bigint): string | null {
  const bytes = Buffer.byteLength(line);
  if (bytes > MAX_LINE_BYTES) {
    return (
      `max entry size '${MAX_LINE_BYTES}' bytes exceeded for stream '${stream}' ` +
      `while adding an entry with length '${bytes}' bytes`
    );
  }
  const entry = `entry for stream '${stream}' has timestamp`;
  if (timestampNs < nowNs - MAX_AGE_NS) {
    const oldest = isoSeconds(nowNs - MAX_AGE_NS);
    return `${entry} too old: ${isoSeconds(timestampNs)}, oldest acceptable timestamp is: ${oldest}`;
  }
  return timestampNs > nowNs + MAX_LEAD_NS ? `${entry} too new: ${isoSeconds(timestampNs)}` : null;
}

function tooFarBehind(stream: string, timestampNs: bigint, oldestNs: bigint, total: number): string {
  const [time, oldest] = [isoSeconds(timestampNs), isoSeconds(oldestNs)];
  const plain = `${time.slice(0, 10)} ${time.slice(11, 19)} +0000 UTC`;
  return (
    `entry with timestamp ${plain} ignored, reason: 'entry too far behind, entry timestamp is: ${time}, ` +
    `oldest acceptable timestamp is: ${oldest}',\nuser 'fake', total ignored: 1 out of ${total} for stream: ${stream}`
  );
}

function isoSeconds(ns: bigint): string {
  return new Date(Number(ns / 1_000_000n)).toISOString().replace(/\.\d+Z$/, "Z");
}
