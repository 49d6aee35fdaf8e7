import "server-only";
import type { Freeze } from "#lib/contracts/freezes.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { FreezeRecord } from "#lib/server/db/freeze.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { freezeSpans, type Span } from "#lib/server/gate/freeze-spans.ts";

/** When it holds, or held until it was cancelled. */
function spansOf({ document, cancelledAt }: FreezeRecord, range: Span): Span[] {
  const spans = freezeSpans(document.when, range);
  if (!cancelledAt) return spans;
  const endMs = cancelledAt.getTime();
  return spans
    .filter(({ fromMs }) => fromMs < endMs)
    .map(({ fromMs, toMs }) => ({ fromMs, toMs: Math.min(toMs, endMs) }));
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Freezes as they are answered. `services` are those in sight; null: all. */
export async function toFreezes(
  tx: Transaction,
  records: readonly FreezeRecord[],
  { range, services, nowMs }: { range: Span; services: readonly string[] | null; nowMs: number },
): Promise<Freeze[]> {
  const names = await findPersonNames(
    tx,
    records.map(({ createdBy }) => createdBy),
  );
  return records.map((record) => {
    const { id, name, reason, document, createdBy, createdAt, cancelledAt } = record;
    const inSight = document.services.filter((one) => services === null || services.includes(one));
    const now = freezeSpans(document.when, { fromMs: nowMs, toMs: nowMs + 1 });
    return {
      id,
      name,
      reason,
      ...document,
      services: inSight,
      createdBy: { id: createdBy, name: names.get(createdBy) ?? null },
      createdAt: createdAt.toISOString(),
      cancelledAt: cancelledAt?.toISOString() ?? null,
      spans: spansOf(record, range).map(({ fromMs, toMs }) => ({ from: iso(fromMs), to: iso(toMs) })),
      active: cancelledAt === null && now.length > 0,
    };
  });
}
