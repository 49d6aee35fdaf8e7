import "server-only";
import { findSink, noteDelivery, type SinkRecord, withSink } from "#lib/server/db/audit-sink.repo.ts";
import { findRecordsAfter, newestAudit } from "#lib/server/db/audit.repo.ts";
import { read, type Transaction } from "#lib/server/db/client.ts";
import { AppError } from "#lib/server/errors.ts";
import { type Outbound, outbound } from "#lib/server/outbound/fetch.ts";
import { signedHeaders } from "#lib/server/outbound/signed.ts";
import { needsResealing, seal, unseal, UnsealError } from "#lib/server/secrets/seal.ts";
import type { AuditRecord } from "./chain.ts";

/** What the sink's secret is sealed for. */
export const SINK_SECRET = "audit-sink/1";

const BATCH = 100;
const LOOK_EVERY_MS = 2_000;
const SEND_TIMEOUT_MS = 3_000;
/** Beyond the sending itself: reading the batch and keeping what came of it. */
const HOLD_MS = SEND_TIMEOUT_MS + 5_000;
const MIN_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 300_000;

/** Posts a batch, signed with its time. */
async function post(
  way: Outbound,
  { url, secret }: SinkRecord,
  records: readonly AuditRecord[],
  signal: AbortSignal,
): Promise<void> {
  const body = JSON.stringify({ records });
  const headers = signedHeaders(unseal(SINK_SECRET, secret), body, Date.now());
  const wanted = { url, method: "POST" as const, headers, body, timeoutMs: SEND_TIMEOUT_MS, signal };
  const { status } = await way.fetch(wanted);
  if (status < 200 || status > 299) throw new AppError("upstream_error", `it answered HTTP ${status}`);
}

/** Twice as long after each failure in a row: as long again as it has been failing already. */
function backoffMs(failedSince: Date, nowMs: number): number {
  return Math.min(MAX_BACKOFF_MS, Math.max(MIN_BACKOFF_MS, nowMs - failedSince.getTime()));
}

type Outcome = { sent: number; more: boolean } | { failedSince: Date };

/** One batch to the sink. The watermark moves after the answer: a crash between the two sends a batch twice. */
async function sendBatch(
  tx: Transaction,
  sink: SinkRecord,
  way: Outbound,
  signal: AbortSignal,
): Promise<Outcome> {
  const records = await findRecordsAfter(tx, sink.sentSeq, BATCH);
  const last = records.at(-1);
  if (!last) return { sent: 0, more: false };
  try {
    await post(way, sink, records, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError || error instanceof UnsealError)) throw error;
    const failedSince = sink.failedSince ?? new Date();
    await noteDelivery(tx, { lastError: error.message, failedSince });
    return { failedSince };
  }
  const resealed = needsResealing(sink.secret)
    ? { secret: seal(SINK_SECRET, unseal(SINK_SECRET, sink.secret)) }
    : {};
  await noteDelivery(tx, { sentSeq: last.seq, lastError: null, failedSince: null, ...resealed });
  return { sent: records.length, more: records.length === BATCH };
}

/**
 * The job that sends audit records as they are written: in order, at least once, by one replica at a time.
 * After a failure it waits longer each time, until the sink's settings change.
 */
export function sinkSender(way: Outbound = outbound()): (signal: AbortSignal) => Promise<number> {
  let rest = { version: 0, untilMs: 0 };
  return async (signal) => {
    const sink = await read(findSink);
    const newest = await read(newestAudit);
    if (!sink || !newest || newest.seq <= sink.sentSeq) return LOOK_EVERY_MS;
    if (rest.version === sink.version && Date.now() < rest.untilMs) return LOOK_EVERY_MS;
    const outcome = await withSink(HOLD_MS, (tx, held) => sendBatch(tx, held, way, signal));
    if (outcome === null) return LOOK_EVERY_MS;
    if ("failedSince" in outcome) {
      const nowMs = Date.now();
      const waitMs = backoffMs(outcome.failedSince, nowMs);
      rest = { version: sink.version, untilMs: nowMs + waitMs };
      return Math.min(waitMs, LOOK_EVERY_MS);
    }
    return outcome.more ? 0 : LOOK_EVERY_MS;
  };
}
