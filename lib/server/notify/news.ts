import "server-only";
import type { NotificationEvent } from "#lib/domain/notifications/event.ts";
import type { Severity } from "#lib/domain/incidents/severity.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { VersionOut } from "#lib/server/db/notification.repo.ts";

/** A fact that people may be told of, by its number among those of its kind. */
export interface Fact {
  seq: bigint;
  at: Date;
  /** The incident or release that it is of; null where nobody is told of it. */
  of: string | null;
}

/** What people are told of a fact, and whom it concerns. */
export interface News {
  event: NotificationEvent;
  text: string;
  actorId: string;
  incidentId: string | null;
  releaseId: string | null;
  /** Of neither: the version that went out. */
  version?: VersionOut;
  severity: Severity | null;
  service: string | null;
  /** Channels that are told whatever the routing says. */
  channelIds: readonly string[];
}

/** Facts that are written down one behind the other: what commits later has the higher number. */
export interface NewsSource<F extends Fact> {
  /** Whose row in the table of readers it is. */
  reader: string;
  /** Before the numbers of its facts, so that those of two sources stay apart. */
  prefix: string;
  factsAfter: (tx: Transaction, after: bigint, take: number) => Promise<F[]>;
  /** What is told of a fact that `of` names something; null when that is gone. */
  newsOf: (tx: Transaction, fact: F, known: readonly string[]) => Promise<News | null>;
}
