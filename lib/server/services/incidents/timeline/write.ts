import "server-only";
import { type TimelineEntry, WriteEvent } from "#lib/contracts/incidents.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireOwnCourse } from "../visibility.ts";
import { timelineOf } from "./entries.ts";

/** Clocks differ by a little; what is to happen is no fact yet. */
const AHEAD_MS = 60_000;

/** When something happened, by whoever writes it down; now where they do not say. @throws `invalid` for the future */
export function happenedAt(at: string | undefined): Date {
  const nowMs = Date.now();
  if (at === undefined) return new Date(nowMs);
  const atMs = Date.parse(at);
  if (atMs > nowMs + AHEAD_MS)
    throw new AppError("invalid", "at: lies in the future", {
      fields: [{ path: "at", message: "lies in the future" }],
    });
  return new Date(atMs);
}

/** One entry as it reads now. @throws `not_found` */
export async function requireEntry(tx: Transaction, incidentId: string, seq: bigint): Promise<TimelineEntry> {
  const { entries } = await timelineOf(tx, incidentId);
  const found = entries.find((entry) => entry.seq === String(seq));
  if (!found) throw new AppError("not_found", `the timeline of ${incidentId} has no entry ${seq}`);
  return found;
}

/** Writes on the timeline of an incident. @throws `not_found`, `invalid` */
export async function writeEvent(actor: Actor, input: unknown, caller: Caller): Promise<TimelineEntry> {
  authorize(actor, "incidents:write");
  const { id, at, body } = parseInput(WriteEvent, input);
  const when = happenedAt(at);
  return transaction(async (tx) => {
    await requireOwnCourse(tx, id, actor);
    const [seq = 0n] = await appendEvents(tx, [{ incidentId: id, at: when, actorId: actor.id, body }]);
    const entry = await requireEntry(tx, id, seq);
    await recordAudit(tx, actor, caller, {
      action: "incident.entry_written",
      resource: { type: "incident", id },
      after: { entry: String(seq), kind: body.kind },
    });
    return entry;
  });
}
