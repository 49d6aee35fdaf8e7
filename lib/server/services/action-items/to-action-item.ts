import "server-only";
import type { ActionItem } from "#lib/contracts/postmortems-action-items.ts";
import type { Severity } from "#lib/domain/incidents/severity.ts";
import type { ActionItemRecord } from "#lib/server/db/action-item.repo.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";

const text = (at: Date | null) => at?.toISOString() ?? null;

/** Action items as callers see them at an instant, with the names of owners who are still known. */
export async function toActionItems(
  tx: Transaction,
  records: readonly ActionItemRecord[],
  now: Date,
): Promise<ActionItem[]> {
  const owners = records.flatMap(({ ownerId }) => ownerId ?? []);
  const names = await findPersonNames(tx, owners);
  return records.map(({ incident, ownerId, dueAt, doneAt, remindedAt, incidentId, ...rest }) => ({
    ...rest,
    incident: { id: incidentId, title: incident.title, severity: incident.severity as Severity },
    owner: ownerId === null ? null : { id: ownerId, name: names.get(ownerId) ?? null },
    dueAt: text(dueAt),
    doneAt: text(doneAt),
    overdue: doneAt === null && dueAt !== null && dueAt < now,
    remindedAt: text(remindedAt),
  }));
}
