import "server-only";
import { ListEvents, type Timeline } from "#lib/contracts/incidents.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import { requireIncident } from "../visibility.ts";
import { timelineOf } from "./entries.ts";

/** The timeline of an incident, or what is new of it behind a number. @throws `not_found` */
export async function readTimeline(actor: Actor, input: unknown): Promise<Timeline> {
  authorize(actor, "incidents:read");
  const { id, after } = parseInput(ListEvents, input);
  return read(async (tx) => {
    await requireIncident(tx, id, actor);
    const { entries, head } = await timelineOf(tx, id, BigInt(after));
    return { entries, head: String(head) };
  });
}
