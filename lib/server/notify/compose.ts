import "server-only";
import { respondable } from "#lib/domain/notifications/still-true.ts";
import type { Message, Notice } from "#lib/domain/notifications/message.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import type { NotificationRecord, VersionOut } from "#lib/server/db/notification.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import type { ReleaseRecord } from "#lib/server/db/release.repo.ts";
import { settings } from "#lib/server/env.ts";

/** A row with what it tells of, as that is now. */
export type Tellable =
  | { row: NotificationRecord; incident: IncidentRecord }
  | { row: NotificationRecord; release: ReleaseRecord }
  /** Of a version that nobody had asked for: there is no release. */
  | { row: NotificationRecord; version: VersionOut };

/** Text of others on one line. */
const line = (text: string) => harmlessText(text.replace(/\s+/g, " ").trim());

type About = Pick<
  Notice,
  "incidentId" | "releaseId" | "title" | "severity" | "phase" | "service" | "node" | "url" | "acknowledgeUrl"
>;

function aboutIncident(incident: IncidentRecord, publicUrl: string | null): About {
  const url = publicUrl === null ? null : `${publicUrl}/incidents/${incident.id}`;
  return {
    incidentId: incident.id,
    releaseId: null,
    title: line(incident.title),
    severity: incident.severity,
    phase: incident.phase,
    service: incident.service === null ? null : line(incident.service),
    node: incident.node === null ? null : line(incident.node),
    url,
    acknowledgeUrl: url !== null && respondable(incident) ? `${url}/acknowledge` : null,
  };
}

function aboutRelease({ id, service, version, state }: ReleaseRecord, publicUrl: string | null): About {
  return {
    incidentId: null,
    releaseId: id,
    title: line(`${service} ${version}`),
    severity: null,
    phase: state,
    service: line(service),
    node: null,
    url: publicUrl === null ? null : `${publicUrl}/releases/${id}`,
    acknowledgeUrl: null,
  };
}

function aboutVersion({ service, version }: VersionOut, publicUrl: string | null): About {
  const query = new URLSearchParams({ service, kind: "deploy_uncleared" });
  return {
    incidentId: null,
    releaseId: null,
    title: line(`${service} ${version}`),
    severity: null,
    phase: "running",
    service: line(service),
    node: null,
    url: publicUrl === null ? null : `${publicUrl}/releases/decisions?${query}`,
    acknowledgeUrl: null,
  };
}

function aboutOf(tellable: Tellable, publicUrl: string | null): About {
  if ("incident" in tellable) return aboutIncident(tellable.incident, publicUrl);
  if ("release" in tellable) return aboutRelease(tellable.release, publicUrl);
  return aboutVersion(tellable.version, publicUrl);
}

function noticeOf(tellable: Tellable, names: ReadonlyMap<string, string>): Notice {
  const { publicUrl } = settings();
  const { id, event, subject } = tellable.row;
  const by = names.get(subject.actorId);
  const text = line([by === undefined ? "" : `by ${by}`, subject.text].filter(Boolean).join(": "));
  return { id, event, text, at: subject.at, ...aboutOf(tellable, publicUrl) };
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
