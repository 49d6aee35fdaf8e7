import "server-only";
import type { LedgerEntry } from "#lib/contracts/slo-entries.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { type EntryRecord, findEntries, isInForce } from "#lib/server/db/slo-entry.repo.ts";
import { AppError } from "#lib/server/errors.ts";

/** Where an entry stands. */
export function stateOf(record: EntryRecord): LedgerEntry["state"] {
  if (record.withdrawnAt !== null) return "withdrawn";
  return isInForce(record) ? "in_force" : "proposed";
}

/** Entries as callers see them: with the names of those who are still known. */
export async function toEntries(tx: Transaction, records: readonly EntryRecord[]): Promise<LedgerEntry[]> {
  const names = await findPersonNames(
    tx,
    records.flatMap(({ actorId, approvedBy }) => [actorId, approvedBy ?? []].flat()),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? null });
  return records.map((record) => ({
    id: record.id,
    fact: record.fact,
    state: stateOf(record),
    at: record.at.toISOString(),
    by: person(record.actorId),
    approvedBy: record.approvedBy === null ? null : person(record.approvedBy),
  }));
}

/** One entry of an SLO, as it stands in this transaction. @throws `not_found` */
export async function requireEntry(tx: Transaction, sloId: string, id: string): Promise<EntryRecord> {
  const found = (await findEntries(tx, sloId)).find((entry) => entry.id === id);
  if (!found) throw new AppError("not_found", `the SLO has no entry with the id ${JSON.stringify(id)}`);
  return found;
}

/** {@link requireEntry} as callers see it. */
export async function readEntry(tx: Transaction, sloId: string, id: string): Promise<LedgerEntry> {
  const [entry] = await toEntries(tx, [await requireEntry(tx, sloId, id)]);
  if (!entry) throw new Error(`the entry ${id} is gone`);
  return entry;
}
