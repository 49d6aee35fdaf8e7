import "server-only";
import type { z } from "zod";
import { CataloguePatch, DiscoveredService, Thresholds } from "#lib/contracts/catalogue.ts";
import type { Transaction } from "./client.ts";
import type { ServiceModel } from "./generated/models/Service.ts";

const Facts = DiscoveredService.omit({ name: true });
/** Kept thresholds are read even where an edit of today would be refused. */
const Edits = CataloguePatch.omit({ version: true }).extend({ thresholds: Thresholds.optional() });
/** The fields that people set; a null among them means "none". */
export type ServiceEdits = z.infer<typeof Edits>;

/** A row of the catalogue: what was seen and what was set, still apart. */
export interface ServiceRecord {
  name: string;
  discovered: z.infer<typeof Facts>;
  edits: ServiceEdits;
  version: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

function toRecord(row: ServiceModel): ServiceRecord {
  return { ...row, discovered: Facts.parse(row.discovered), edits: Edits.parse(row.edits) };
}

/** Every service, by name. */
export async function findServices(tx: Transaction): Promise<ServiceRecord[]> {
  const rows = await tx.service.findMany({ orderBy: { name: "asc" } });
  return rows.map(toRecord);
}

/** One service; null when the catalogue does not know it. */
export async function findService(tx: Transaction, name: string): Promise<ServiceRecord | null> {
  const row = await tx.service.findUnique({ where: { name } });
  return row && toRecord(row);
}

/** Replaces a service's edits if `version` is still current, and counts it up; null when it is not. */
export async function saveEdits(
  tx: Transaction,
  name: string,
  version: number,
  edits: ServiceEdits,
): Promise<ServiceRecord | null> {
  const [row] = await tx.service.updateManyAndReturn({
    where: { name, version },
    data: { edits, version: { increment: 1 } },
  });
  return row ? toRecord(row) : null;
}

/**
 * Records sightings, each name at most once, in one statement. First sightings stay, edits and versions
 * are not touched, and an older sighting never replaces a newer one. Rows are locked in order of name,
 * so that two replicas cannot block each other.
 */
export async function upsertSightings(
  tx: Transaction,
  sightings: readonly DiscoveredService[],
  seenAt: Date,
): Promise<void> {
  const rows = JSON.stringify(sightings.map(({ name, ...facts }) => ({ name, facts })));
  await tx.$executeRaw`
    insert into services (name, discovered, first_seen_at, last_seen_at)
    select name, facts, ${seenAt}::timestamptz, ${seenAt}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as seen(name text, facts jsonb)
    order by name
    on conflict (name) do update
    set discovered = excluded.discovered, last_seen_at = excluded.last_seen_at
    where services.last_seen_at <= excluded.last_seen_at`;
}
