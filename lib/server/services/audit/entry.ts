import "server-only";
import type { AuditEntry, AuditFilter } from "#lib/contracts/audit.ts";
import type { AuditWanted, NamedRecord } from "#lib/server/db/audit.repo.ts";

/** A record as it goes out. */
export function toAuditEntry({ at, ...record }: NamedRecord): AuditEntry {
  return { ...record, at: at.toISOString() };
}

/** What a filter asks the database for. */
export function wantedBy({ actor, action, resource, from, to }: AuditFilter): AuditWanted {
  return {
    actor,
    action,
    resource,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}
