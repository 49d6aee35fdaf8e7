import "server-only";
import { RunbookDocument } from "#lib/contracts/runbooks.ts";
import type { Transaction } from "./client.ts";
import type { RunbookVersion } from "./generated/client.ts";

/** What a runbook said from an instant on. */
export interface RunbookRecord extends Omit<RunbookVersion, "document"> {
  document: RunbookDocument;
}

const toRecord = ({ document, ...row }: RunbookVersion): RunbookRecord => ({
  ...row,
  document: RunbookDocument.parse(document),
});

/** Has the versions of one runbook written by one at a time, the first of them as well. */
export async function lockRunbook(tx: Transaction, name: string): Promise<void> {
  await tx.$executeRaw`insert into runbooks (name) values (${name}) on conflict do nothing`;
  await tx.$executeRaw`select 1 from runbooks where name = ${name} for update`;
}

/** A runbook in a version, else in its newest; null when nobody saved it. */
export async function findRunbook(
  tx: Transaction,
  name: string,
  version?: number,
): Promise<RunbookRecord | null> {
  const row = await tx.runbookVersion.findFirst({ where: { name, version }, orderBy: { version: "desc" } });
  return row && toRecord(row);
}

/** The newest version of every runbook, by name. */
export async function findRunbooks(tx: Transaction): Promise<RunbookRecord[]> {
  const rows = await tx.runbookVersion.findMany({
    distinct: ["name"],
    orderBy: [{ name: "asc" }, { version: "desc" }],
  });
  return rows.map(toRecord);
}

/** All versions of a runbook, the newest first. */
export async function findRunbookVersions(tx: Transaction, name: string): Promise<RunbookRecord[]> {
  const rows = await tx.runbookVersion.findMany({ where: { name }, orderBy: { version: "desc" } });
  return rows.map(toRecord);
}

/** Appends a version to a runbook that is locked. */
export async function appendRunbookVersion(
  tx: Transaction,
  version: Omit<RunbookRecord, "at">,
): Promise<void> {
  await tx.runbookVersion.create({ data: version });
}
