import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type TailMessage, TailLines } from "#lib/contracts/log-routes.ts";
import { confinementKey } from "#lib/domain/access/matchers.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { beginLogql, requireLogQuery } from "#lib/server/query/loki/begin.ts";
import { openTail } from "#lib/server/query/loki/tail.ts";
import { onceGone } from "#lib/server/query/once-gone.ts";
import { beginEvents, countedAs } from "./events.ts";
import type { LogTails } from "./log-tails.ts";
import { TailBuffer } from "./tail-buffer.ts";

const FLUSH_MS = 250;
const ALIVE_MS = 15_000;
const RECHECK_MS = 60_000;
/** With more than this on the way, lines wait here, where they are counted when they have to go. */
const MAX_BACKLOG_BYTES = 256 * 1024;

interface TailContext {
  tails: LogTails;
  /** Who asks; read anew every minute, as a session may end and roles may change. */
  actorOf: () => Promise<Actor>;
  flushMs?: number;
  recheckMs?: number;
}

/**
 * GET /api/v1/logs/tail: the lines of a LogQL query as server-sent events, until the client leaves, the source ends it,
 * the session does or the process. With any of them the connection to the source is closed.
 * @throws AppErrors before anything is written, Loki's own among them
 */
export async function handleLogTail(
  request: IncomingMessage,
  response: ServerResponse,
  { tails, actorOf, flushMs = FLUSH_MS, recheckMs = RECHECK_MS }: TailContext,
): Promise<void> {
  const actor = await actorOf();
  authorize(actor, "queries:run");
  if (request.method !== "GET") throw new AppError("method_not_allowed", "a tail is asked for with GET");
  const { query } = parseInput(
    TailLines,
    Object.fromEntries(new URL(request.url ?? "/", "http://x").searchParams),
  );
  requireLogQuery(query);
  const tail = tails.enter(countedAs(actor, request));
  onceGone(response, () => tail.abort());
  const buffer = new TailBuffer();
  const write = (message: TailMessage) => {
    if (!response.writableEnded && !response.destroyed)
      response.write(`data: ${JSON.stringify(message)}\n\n`);
  };
  const flush = () => {
    if (response.writableLength > MAX_BACKLOG_BYTES) return;
    const news = buffer.take();
    if (news) write({ topic: "lines", ...news });
  };
  const end = (detail: string) => {
    flush();
    write({ topic: "ended", detail });
    tail.abort();
  };
  const timers: NodeJS.Timeout[] = [];
  try {
    const { source, expr } = beginLogql({ actor, signal: tail.signal }, query);
    const listener = {
      onLines: buffer.push.bind(buffer),
      onEnd: end,
    };
    await openTail(source, { expr, nowMs: Date.now() }, listener, tail.signal);
    if (!tail.signal.aborted) {
      beginEvents(response);
      write({ topic: "open" });
      timers.push(setInterval(flush, flushMs));
      timers.push(setInterval(() => write({ topic: "alive" }), ALIVE_MS));
      timers.push(setInterval(() => void leaveUnlessSame(actorOf, actor, end), recheckMs));
    }
    await aborted(tail.signal);
  } finally {
    timers.forEach(clearInterval);
    tail.abort();
  }
  response.end();
}

/** Ends the tail once its reader is another, or may see something else; what cannot be told now is asked later. */
async function leaveUnlessSame(
  actorOf: TailContext["actorOf"],
  before: Actor,
  end: (detail: string) => void,
): Promise<void> {
  try {
    const actor = await actorOf();
    authorize(actor, "queries:run");
    const same = actor.id === before.id;
    if (same && confinementKey(actor.confinement) === confinementKey(before.confinement)) return;
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") return;
  }
  end("what you may see has changed");
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
