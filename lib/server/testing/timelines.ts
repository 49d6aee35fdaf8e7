import "server-only";
import { db } from "#lib/server/db/client.ts";

/** Empties alerts and incidents between tests; timelines, being append-only, only with their triggers off. */
export async function emptyTimelines(): Promise<void> {
  await db().$transaction([
    db().$executeRaw`set local session_replication_role = replica`,
    db().$executeRaw`delete from incident_events`,
    db().$executeRaw`delete from alert_occurrences`,
    db().$executeRaw`delete from alert_deliveries`,
    db().$executeRaw`delete from notifications`,
    db().$executeRaw`delete from incident_keys`,
    db().$executeRaw`delete from incidents`,
  ]);
}
