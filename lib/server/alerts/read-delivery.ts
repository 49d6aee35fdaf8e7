import "server-only";
import { DeliveredAlert, Delivery } from "#lib/contracts/alert-delivery.ts";
import type { Occurrence } from "#lib/domain/alerts/occurrence.ts";
import type { WaitingDelivery } from "#lib/server/db/alert-delivery.repo.ts";
import { fingerprint } from "#lib/server/query/prometheus/fingerprint.ts";
import type { z } from "zod";

/** What a delivery tells, and what of it cannot be taken in. */
export interface ReadDelivery {
  occurrences: Occurrence[];
  problems: string[];
}

/** Beyond it is nobody's time: an alert of the year 1, or one that starts in a month. */
const MAX_AGE_MS = 366 * 86_400_000;
const MAX_AHEAD_MS = 3_600_000;
const MAX_TEXT = 4_000;

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join(".") || "body"}: ${issue.message}` : "unreadable";
}

/** Texts beyond a page are cut: they are shown, sent on and kept for each alert. */
function cut(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text,
    ]),
  );
}

function toOccurrence(alert: DeliveredAlert, source: string, receivedMs: number): Occurrence | string {
  const startsAtMs = Date.parse(alert.startsAt);
  if (startsAtMs < receivedMs - MAX_AGE_MS || startsAtMs > receivedMs + MAX_AHEAD_MS)
    return `startsAt: ${alert.startsAt} is no time an alert could have begun`;
  // A firing alert's `endsAt` is the year 1, or a time in the future: never an end.
  const told = alert.endsAt === undefined ? receivedMs : Date.parse(alert.endsAt);
  const atMs = Math.min(Math.max(told, startsAtMs), Math.max(receivedMs, startsAtMs));
  return {
    source,
    fingerprint: alert.fingerprint ?? fingerprint(alert.labels),
    startsAtMs,
    labels: cut(alert.labels),
    annotations: cut(alert.annotations),
    generatorUrl: alert.generatorURL?.slice(0, MAX_TEXT) || null,
    end: alert.status === "resolved" ? { atMs, notBeforeMs: null } : null,
    lastSeenMs: alert.status === "resolved" ? Math.min(atMs, receivedMs) : receivedMs,
  };
}

function readAlert(told: unknown, source: string, receivedMs: number): Occurrence | string {
  const parsed = DeliveredAlert.safeParse(told);
  return parsed.success ? toOccurrence(parsed.data, source, receivedMs) : firstIssue(parsed.error);
}

/** Reads a delivery alert by alert: one that cannot be read takes no other down with it. */
export function readDelivery({ body, source, receivedAt }: WaitingDelivery): ReadDelivery {
  let told: unknown;
  try {
    told = JSON.parse(body);
  } catch (error) {
    return { occurrences: [], problems: [`not JSON: ${(error as Error).message}`] };
  }
  const delivery = Delivery.safeParse(told);
  if (!delivery.success) return { occurrences: [], problems: [firstIssue(delivery.error)] };
  const read = delivery.data.alerts.map((one) => readAlert(one, source, receivedAt.getTime()));
  const problems = read.flatMap((one, i) => (typeof one === "string" ? [`alerts.${i}.${one}`] : []));
  return { occurrences: read.filter((one) => typeof one !== "string"), problems };
}
