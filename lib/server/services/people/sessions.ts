import "server-only";
import { OnePerson, type Session } from "#lib/contracts/access.ts";
import type { Done } from "#lib/contracts/access-routes.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { auth } from "#lib/server/auth/auth.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { deleteSessions, findSessions, type SessionRecord } from "#lib/server/db/session.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { readPerson } from "./entry.ts";

function toSession(record: SessionRecord, currentId: string | undefined): Session {
  const { id, createdAt, updatedAt, expiresAt, ipAddress, userAgent } = record;
  return {
    id,
    createdAt: createdAt.toISOString(),
    lastUsedAt: updatedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    address: ipAddress,
    userAgent,
    current: id === currentId,
  };
}

/** Somebody's sessions, the one used last first. @throws `not_found` */
export async function listPersonSessions(
  actor: Actor,
  input: unknown,
  caller: Pick<Caller, "headers">,
): Promise<{ sessions: Session[] }> {
  const { person } = parseInput(OnePerson, input);
  authorize(actor, "sessions:manage", { ownerId: person });
  await read((tx) => readPerson(tx, person));
  const sessions = await read((tx) => findSessions(tx, person, new Date()));
  const own = actor.kind === "person" && (await auth().api.getSession({ headers: caller.headers }));
  return { sessions: sessions.map((session) => toSession(session, own ? own.session.id : undefined)) };
}

/** Ends all of somebody's sessions. @throws `not_found` */
export async function endPersonSessions(actor: Actor, input: unknown, caller: Caller): Promise<Done> {
  const { person } = parseInput(OnePerson, input);
  authorize(actor, "sessions:manage", { ownerId: person });
  await transaction(async (tx) => {
    await readPerson(tx, person);
    const endedSessions = await deleteSessions(tx, person);
    await recordAudit(tx, actor, caller, {
      action: "sessions.ended",
      resource: { type: "person", id: person },
      after: { endedSessions },
    });
  });
  return { done: true };
}
