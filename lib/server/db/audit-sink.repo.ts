import "server-only";
import { db, type Transaction } from "./client.ts";
import { reachable } from "./reachable.ts";

/** There is one sink at most. */
const ONLY = 1;

/** Where records are sent; `secret` is sealed. */
export interface SinkRecord {
  url: string;
  secret: string;
  sentSeq: number;
  lastError: string | null;
  failedSince: Date | null;
  version: number;
}

/** The sink; null when there is none. */
export function findSink(tx: Transaction): Promise<SinkRecord | null> {
  return tx.auditSink.findUnique({ where: { id: ONLY } });
}

/** Sets where records go. A new sink starts with the first record, a changed one goes on where it was. */
export function saveSink(tx: Transaction, sink: Pick<SinkRecord, "url" | "secret">): Promise<SinkRecord> {
  return tx.auditSink.upsert({
    where: { id: ONLY },
    create: { id: ONLY, ...sink },
    update: { ...sink, lastError: null, failedSince: null, version: { increment: 1 } },
  });
}

/** Answers whether there was one to remove. */
export async function removeSink(tx: Transaction): Promise<boolean> {
  const { count } = await tx.auditSink.deleteMany({ where: { id: ONLY } });
  return count > 0;
}

/** Keeps what a delivery came to; the version is the one of its settings and stays. */
export async function noteDelivery(
  tx: Transaction,
  outcome: Partial<Pick<SinkRecord, "sentSeq" | "lastError" | "failedSince" | "secret">>,
): Promise<void> {
  await tx.auditSink.update({ where: { id: ONLY }, data: outcome });
}

/**
 * Runs `work` as the only one, in all replicas, that has the sink; answers null without running it when there
 * is no sink or another replica has it.
 * @param timeoutMs after which the database gives the sink to others, whatever `work` does
 */
export function withSink<T>(
  timeoutMs: number,
  work: (tx: Transaction, sink: SinkRecord) => Promise<T>,
): Promise<T | null> {
  return reachable(
    db().$transaction(
      async (tx) => {
        const held = await tx.$queryRaw<unknown[]>`
          select id from audit_sink where id = ${ONLY} for update skip locked`;
        const sink = held.length === 0 ? null : await findSink(tx);
        return sink && work(tx, sink);
      },
      { timeout: timeoutMs },
    ),
  );
}
