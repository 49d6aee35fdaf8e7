import "server-only";
import { type AuditPage, ListAudit } from "#lib/contracts/audit.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { findNamedRecords } from "#lib/server/db/audit.repo.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import { toAuditEntry, wantedBy } from "./entry.ts";

/** Records that match, newest first, a page at a time. */
export async function listAudit(actor: Actor, input: unknown): Promise<AuditPage> {
  authorize(actor, "audit:read");
  const { cursor, limit, ...filter } = parseInput(ListAudit, input);
  const found = await read((tx) => findNamedRecords(tx, wantedBy(filter), { before: cursor }, limit + 1));
  const shown = found.slice(0, limit);
  const more = found.length > limit ? shown.at(-1) : undefined;
  return { entries: shown.map(toAuditEntry), nextCursor: more ? String(more.seq) : null };
}
