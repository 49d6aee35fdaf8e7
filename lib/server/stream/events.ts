import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "#lib/server/auth/actor.ts";

/** Whose streams are counted together: those of one token, one person, or one address of nobody we know. */
export function countedAs(actor: Actor, request: IncomingMessage): string {
  if (actor.kind === "anonymous") return `anonymous ${String(request.headers["x-forwarded-for"] ?? "")}`;
  return actor.tokenId ?? actor.id;
}

/** Begins an answer of server-sent events, once. */
export function beginEvents(response: ServerResponse): void {
  if (response.headersSent) return;
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    // Proxies that collect answers would hold every message back.
    "x-accel-buffering": "no",
    connection: "close",
  });
  response.flushHeaders();
}
