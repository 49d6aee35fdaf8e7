import "server-only";
import { incidentId } from "#lib/domain/incidents/incident-id.ts";
import type { Phase } from "#lib/domain/incidents/lifecycle.ts";
import type { Severity } from "#lib/domain/incidents/severity.ts";
import type { Transaction } from "./client.ts";
import type { Incident, Prisma } from "./generated/client.ts";

/** An incident as it stands. */
export interface IncidentRecord extends Omit<Incident, "severity" | "phase" | "origin"> {
  severity: Severity;
  phase: Phase;
  origin: "alert" | "manual";
}

// Written by our own verbs alone.
const toRecord = (row: Incident) => row as IncidentRecord;

/** Any fixed numbers: whoever takes alerts in, and whoever opens an incident, holds the lock until the end. */
const ALERTS_LOCK = 727_501;
const ID_LOCK = 727_502;

/** Has alerts taken in by one at a time: what one decides of an incident, the next one reads. */
export async function lockAlerts(tx: Transaction): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${ALERTS_LOCK}::bigint)`;
}

/** Opens an incident under a free id. */
export async function createIncident(
  tx: Transaction,
  incident: Omit<Prisma.IncidentUncheckedCreateInput, "id"> & { severity: Severity; phase: Phase },
  atMs: number,
): Promise<IncidentRecord> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${ID_LOCK}::bigint)`;
  const first = incidentId(atMs);
  const taken = await tx.incident.count({ where: { id: { startsWith: first } } });
  return toRecord(await tx.incident.create({ data: { ...incident, id: incidentId(atMs, taken + 1) } }));
}

/**
 * One incident, locked until the transaction ends. Not against those who only refer to it: whoever appends a fact holds
 * the timeline's lock by then, which the holder of this one is going to wait for.
 */
export async function lockIncident(tx: Transaction, id: string): Promise<IncidentRecord | null> {
  await tx.$executeRaw`select 1 from incidents where id = ${id} for no key update`;
  return findIncident(tx, id);
}

export async function findIncident(tx: Transaction, id: string): Promise<IncidentRecord | null> {
  const row = await tx.incident.findUnique({ where: { id } });
  return row && toRecord(row);
}

/** Changes an incident and counts the change. */
export async function changeIncident(
  tx: Transaction,
  id: string,
  data: Prisma.IncidentUncheckedUpdateInput,
): Promise<IncidentRecord> {
  return toRecord(await tx.incident.update({ where: { id }, data: { ...data, version: { increment: 1 } } }));
}

/** The incident that alerts of a key belong to: the one that holds it, else the last one that did. Locked. */
export async function lockIncidentOfKey(tx: Transaction, key: string): Promise<IncidentRecord | null> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    select i.id from incidents i join incident_keys k on k.incident_id = i.id
    where k.key = ${key} and i.merged_into is null
    order by k.held desc, i.detected_at desc, i.id desc limit 1 for no key update of i`;
  return found ? findIncident(tx, found.id) : null;
}

/** Has an incident hold a key while it is open. */
export async function holdKey(tx: Transaction, key: string, id: string): Promise<void> {
  await tx.incidentKey.upsert({
    where: { key_incidentId: { key, incidentId: id } },
    create: { key, incidentId: id },
    update: { held: true },
  });
}

/** Has an incident that is opened again hold its keys, but for those that another one holds by now. */
export async function holdFreeKeys(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`
    update incident_keys as mine set held = true
    where incident_id = ${id} and not exists (select 1 from incident_keys other where other.key = mine.key and other.held)`;
}

/** Frees the keys of an incident that is over. */
export async function releaseKeys(tx: Transaction, id: string): Promise<void> {
  await tx.incidentKey.updateMany({ where: { incidentId: id }, data: { held: false } });
}

/** The keys of an incident. */
export async function keysOf(tx: Transaction, id: string): Promise<string[]> {
  const rows = await tx.incidentKey.findMany({ where: { incidentId: id }, orderBy: { key: "asc" } });
  return rows.map(({ key }) => key);
}

/** Incidents that somebody still has to act on. */
export async function findOpenIncidents(tx: Transaction): Promise<IncidentRecord[]> {
  const rows = await tx.incident.findMany({
    where: { phase: { not: "LEARN" }, mergedInto: null },
    orderBy: [{ severity: "asc" }, { detectedAt: "asc" }],
  });
  return rows.map(toRecord);
}

/** What a list asks for. */
export interface IncidentQuery {
  q?: string | undefined;
  service?: string | undefined;
  node?: string | undefined;
  severity?: Severity | undefined;
  phase?: Phase | undefined;
  open?: boolean | undefined;
  from?: string | undefined;
  to?: string | undefined;
  cursor?: string | undefined;
}

function conditionsOf({
  q,
  service,
  node,
  severity,
  phase,
  open,
  from,
  to,
}: IncidentQuery): Prisma.IncidentWhereInput[] {
  const contains = q === undefined ? null : { contains: q, mode: "insensitive" as const };
  return [
    { mergedInto: null },
    ...(contains
      ? [{ OR: [{ title: contains }, { id: contains }, { service: contains }, { node: contains }] }]
      : []),
    ...(service === undefined ? [] : [{ service }]),
    ...(node === undefined ? [] : [{ node }]),
    ...(severity === undefined ? [] : [{ severity }]),
    ...(phase === undefined ? [] : [{ phase }]),
    ...(open === undefined ? [] : [{ phase: open ? { not: "LEARN" } : "LEARN" }]),
    ...(from === undefined ? [] : [{ detectedAt: { gte: new Date(from) } }]),
    ...(to === undefined ? [] : [{ detectedAt: { lt: new Date(to) } }]),
  ];
}

/** A page of the list: all open ones, the gravest on top, and so many past ones behind the cursor, newest first. */
export async function findIncidentPage(
  tx: Transaction,
  query: IncidentQuery,
  take: number,
): Promise<{ open: IncidentRecord[]; past: IncidentRecord[] }> {
  const conditions = conditionsOf(query);
  const open =
    query.cursor === undefined
      ? await tx.incident.findMany({
          where: { AND: [...conditions, { phase: { not: "LEARN" } }] },
          orderBy: [{ severity: "asc" }, { detectedAt: "desc" }],
        })
      : [];
  const past = await tx.incident.findMany({
    where: { AND: [...conditions, { phase: "LEARN" }] },
    orderBy: [{ detectedAt: "desc" }, { id: "desc" }],
    take,
    ...(query.cursor === undefined ? {} : { cursor: { id: query.cursor }, skip: 1 }),
  });
  return { open: open.map(toRecord), past: past.map(toRecord) };
}
