import "server-only";
import { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { type Transaction } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

/** Who looks after an SLO: people in the pages, or a folder of files. */
export type SloSource = "ui" | "file";

/** An SLO as it stands: the definition in force, and a draft where there is one. */
export interface SloRecord {
  id: string;
  key: string;
  source: SloSource;
  /** 0 while there is only a draft. */
  version: number;
  /** Counts every change, for optimistic locking. */
  revision: number;
  definition: SloDefinition | null;
  measureId: string | null;
  versionAt: Date | null;
  draft: { definition: SloDefinition; by: string } | null;
}

/** One version of an SLO. */
export interface SloVersionRecord {
  version: number;
  definition: SloDefinition;
  measureId: string | null;
  actorId: string;
  reason: string | null;
  at: Date;
}

interface Row {
  id: string;
  key: string;
  source: SloSource;
  version: number;
  revision: number;
  definition: unknown;
  measureId: string | null;
  versionAt: Date | null;
  draft: unknown;
  draftBy: string | null;
}

/** Parsed once: a version never changes, and a thousand of them are read at each look. */
const BY_VERSION = new Map<string, SloDefinition>();
const MAX_PARSED = 20_000;

function definitionOf(id: string, version: number, stored: unknown): SloDefinition {
  const key = `${id}/${version}`;
  const known = BY_VERSION.get(key);
  if (known) return known;
  const parsed = SloDefinition.parse(stored);
  if (BY_VERSION.size >= MAX_PARSED) BY_VERSION.clear();
  BY_VERSION.set(key, parsed);
  return parsed;
}

function toRecord(row: Row): SloRecord {
  const { definition, draft, draftBy, ...rest } = row;
  return {
    ...rest,
    definition: definition === null ? null : definitionOf(row.id, row.version, definition),
    draft: draft === null ? null : { definition: SloDefinition.parse(draft), by: draftBy ?? "" },
  };
}

const SELECT = `
  select s.id, s.key, s.source, s.current_version as version, s.revision, s.draft, s.draft_by as "draftBy",
    v.definition, v.measure_id as "measureId", v.at as "versionAt"
  from slos s
  left join slo_versions v on v.slo_id = s.id and v.version = s.current_version
  where s.deleted_at is null`;

/** Every SLO that is not deleted, by key. */
export async function findSlos(tx: Transaction): Promise<SloRecord[]> {
  return (await tx.$queryRawUnsafe<Row[]>(`${SELECT} order by s.key`)).map(toRecord);
}

/** The SLO with an id; null when it is not there, or deleted. */
export async function findSlo(tx: Transaction, id: string): Promise<SloRecord | null> {
  const [row] = await tx.$queryRawUnsafe<Row[]>(`${SELECT} and s.id = $1`, id);
  return row ? toRecord(row) : null;
}

/** The SLO with a key; null when there is none. */
export async function findSloByKey(tx: Transaction, key: string): Promise<SloRecord | null> {
  const [row] = await tx.$queryRawUnsafe<Row[]>(`${SELECT} and s.key = $1`, key);
  return row ? toRecord(row) : null;
}

/** The SLOs in force of some services, by key. */
export async function findSlosOfServices(tx: Transaction, services: readonly string[]): Promise<SloRecord[]> {
  const ofServices = `${SELECT} and v.definition->>'service' = any($1::text[]) order by s.key`;
  return (await tx.$queryRawUnsafe<Row[]>(ofServices, services)).map(toRecord);
}

/** All versions of an SLO, the newest first. */
export async function findSloVersions(tx: Transaction, sloId: string): Promise<SloVersionRecord[]> {
  const rows = await tx.sloVersion.findMany({ where: { sloId }, orderBy: { version: "desc" } });
  return rows.map((row) => ({ ...row, definition: definitionOf(sloId, row.version, row.definition) }));
}

/** Adds an SLO without a version yet. @returns false when its key is taken */
export async function insertSlo(
  tx: Transaction,
  slo: { id: string; key: string; source: SloSource },
): Promise<boolean> {
  const added = await tx.$executeRaw`
    insert into slos (id, key, source) values (${slo.id}, ${slo.key}, ${slo.source}) on conflict (key) do nothing`;
  return added === 1;
}

/** A version to be put in force. */
export interface NewVersion {
  definition: SloDefinition;
  key: string;
  measureId: string | null;
  actorId: string;
  reason: string | null;
}

/**
 * Puts a new version in force if `revision` is still current; the draft is gone then.
 * @returns the version's number; null when the SLO was changed meanwhile
 */
export async function addVersion(
  tx: Transaction,
  slo: Pick<SloRecord, "id" | "revision">,
  { key, definition, ...version }: NewVersion,
): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ version: number }[]>`
    update slos set current_version = current_version + 1, revision = revision + 1, key = ${key}, draft = null,
      draft_by = null
    where id = ${slo.id} and revision = ${slo.revision} and deleted_at is null
    returning current_version as version`;
  if (!row) return null;
  const data = {
    ...version,
    sloId: slo.id,
    version: row.version,
    definition: definition as Prisma.InputJsonObject,
  };
  await tx.sloVersion.create({ data });
  return row.version;
}

/** Keeps a draft beside what is in force if `revision` is still current. @returns whether it was */
export async function saveDraft(
  tx: Transaction,
  slo: Pick<SloRecord, "id" | "revision">,
  draft: { definition: SloDefinition; by: string },
): Promise<boolean> {
  const saved = await tx.$executeRaw`
    update slos set draft = ${JSON.stringify(draft.definition)}::jsonb, draft_by = ${draft.by}, revision = revision + 1
    where id = ${slo.id} and revision = ${slo.revision} and deleted_at is null`;
  return saved === 1;
}

/** Takes an SLO out of force; its versions and its ledger stay. */
export async function removeSlo(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx.slo.update({
    where: { id },
    data: { deletedAt: at, key: null, draft: undefined, revision: { increment: 1 } },
  });
}

/** A text that changes whenever people change an SLO or an entry of its ledger. */
export async function sloStamp(tx: Transaction): Promise<string> {
  const [row] = await tx.$queryRaw<{ stamp: string }[]>`
    select concat_ws(' ', (select concat_ws(' ', count(*), sum(revision)) from slos),
      (select concat_ws(' ', count(*), count(approved_at), count(withdrawn_at)) from slo_entries)) as stamp`;
  return row?.stamp ?? "";
}
