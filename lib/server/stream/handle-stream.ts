import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { StreamMessage } from "#lib/contracts/stream.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { AppError } from "#lib/server/errors.ts";
import { incidentFilter } from "#lib/server/services/incidents/visibility.ts";
import { beginEvents, countedAs } from "./events.ts";
import type { Follower, TimelineHub } from "./timeline-hub.ts";

const ALIVE_MS = 15_000;
const RECHECK_MS = 60_000;
/** Who reads slower than this is let go: they come back, and ask for what they missed. */
const MAX_BACKLOG_BYTES = 64 * 1024;

interface StreamContext {
  hub: TimelineHub;
  /** Who asks; read anew every minute, as a session may end and roles may change. */
  actorOf: () => Promise<Actor>;
  aliveMs?: number;
  recheckMs?: number;
}

async function sightOf(actor: Actor): Promise<Follower["sees"]> {
  authorize(actor, "incidents:read");
  return actor.confinement.length === 0 ? null : incidentFilter(actor);
}

/** What the actor sees now; "gone" once nobody stands behind the stream any more, null while that cannot be told. */
async function lookAgain(
  actorOf: () => Promise<Actor>,
  id: string,
): Promise<{ sees: Follower["sees"] } | "gone" | null> {
  try {
    const actor = await actorOf();
    return actor.id === id ? { sees: await sightOf(actor) } : "gone";
  } catch (error) {
    // With the database out of reach nothing is told either.
    return error instanceof AppError && error.code === "unavailable" ? null : "gone";
  }
}

/**
 * GET /api/v1/stream: server-sent events of what is new, until the client leaves, the session ends or the process
 * does. Whoever was away hears from `hello` that something is missing.
 * @throws AppErrors before anything is written
 */
export async function handleStream(
  request: IncomingMessage,
  response: ServerResponse,
  { hub, actorOf, aliveMs = ALIVE_MS, recheckMs = RECHECK_MS }: StreamContext,
): Promise<void> {
  const actor = await actorOf();
  const sees = await sightOf(actor);
  if (request.method !== "GET") throw new AppError("method_not_allowed", "the stream is asked for with GET");

  const write = (message: StreamMessage, id?: string) => {
    if (response.writableEnded || response.destroyed) return;
    if (response.writableLength > MAX_BACKLOG_BYTES) return void response.destroy();
    response.write(`${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(message)}\n\n`);
  };
  // Whoever comes back has to hear what they missed before they hear what is new.
  const early: (() => void)[] = [];
  let greetedWith = -1n;
  const follower: Follower = {
    countedAs: countedAs(actor, request),
    sees,
    tell: (incidentId, seq) => {
      const send = () => {
        // A greeting tells of everything up to its head: nothing of that is told twice.
        if (BigInt(seq) > greetedWith) write({ topic: "timeline", incidentId, seq }, seq);
      };
      if (response.headersSent) send();
      else early.push(send);
    },
    greet: (head) => {
      beginEvents(response);
      greetedWith = BigInt(head);
      write({ topic: "hello", head }, head);
      for (const send of early.splice(0)) send();
    },
    end: () => response.end(),
  };
  const leave = await hub.follow(follower);
  const alive = setInterval(() => write({ topic: "alive" }), aliveMs);
  const recheck = setInterval(() => {
    void lookAgain(actorOf, actor.id).then((seen) => {
      if (seen === "gone") response.end();
      else if (seen) follower.sees = seen.sees;
    });
  }, recheckMs);
  await new Promise<void>((resolve) => {
    if (response.closed) return resolve();
    response.once("close", resolve);
  });
  clearInterval(alive);
  clearInterval(recheck);
  leave();
}
