import "server-only";
import { respondable } from "#lib/domain/notifications/still-true.ts";
import type { Message, Notice } from "#lib/domain/notifications/message.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import type { NotificationRecord } from "#lib/server/db/notification.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { settings } from "#lib/server/env.ts";

/** A row with the incident that it tells of, as that is now. */
export interface Tellable {
  row: NotificationRecord;
  incident: IncidentRecord;
}

/** Text of others on one line. */
const line = (text: string) => harmlessText(text.replace(/\s+/g, " ").trim());

function noticeOf({ row, incident }: Tellable, names: ReadonlyMap<string, string>): Notice {
  const { publicUrl } = settings();
  const url = publicUrl === null ? null : `${publicUrl}/incidents/${incident.id}`;
  const by = names.get(row.subject.actorId);
  const text = [by === undefined ? "" : `by ${by}`, row.subject.text].filter(Boolean).join(": ");
  return {
    id: row.id,
    event: row.event,
    incidentId: incident.id,
    title: line(incident.title),
    severity: incident.severity,
    phase: incident.phase,
    service: incident.service === null ? null : line(incident.service),
    node: incident.node === null ? null : line(incident.node),
    text: line(text),
    at: row.subject.at,
    url,
    acknowledgeUrl: url !== null && respondable(incident) ? `${url}/acknowledge` : null,
  };
}

/** The message that tells of rows. Its key is the row's id, that of several the bundle's: the same at every attempt. */
export async function composeMessage(
  tx: Transaction,
  tellable: readonly [Tellable, ...Tellable[]],
): Promise<Message> {
  const actorIds = tellable.map(({ row }) => row.subject.actorId);
  const names = await findPersonNames(tx, actorIds);
  const [first, ...others] = tellable;
  const { id, subject } = first.row;
  return {
    key: subject.bundle === undefined ? id : `bundle-${subject.bundle}`,
    notices: [noticeOf(first, names), ...others.map((one) => noticeOf(one, names))],
  };
}
