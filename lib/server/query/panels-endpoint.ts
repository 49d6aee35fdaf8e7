import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import { PanelsRequest, type PanelLine } from "#lib/contracts/panels.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { acceptsGzip } from "./accepts-gzip.ts";
import { onceGone } from "./once-gone.ts";
import type { PanelRegistry } from "./panel-loader.ts";
import { panelLines } from "./panel-lines.ts";
import { readJsonBody } from "./read-json-body.ts";

const MAX_BODY_BYTES = 256 * 1024;
/** Lines are small and waited for: speed before size. */
const GZIP_LEVEL = 4;

interface PanelsContext {
  actor: Actor;
  requestId: string;
  registry: PanelRegistry;
}

/**
 * POST /api/v1/panels: answers NDJSON, a line per panel as soon as it is ready; a failing panel has a line
 * with its problem and takes no other down. When the client leaves, the work for it is cancelled.
 * @throws AppErrors for a request that cannot be answered at all, before anything is written.
 */
export async function handlePanels(
  request: IncomingMessage,
  response: ServerResponse,
  context: PanelsContext,
): Promise<void> {
  if (request.method !== "POST") throw new AppError("method_not_allowed", "panels are asked for with POST");
  const wanted = parseInput(PanelsRequest, await readJsonBody(request, MAX_BODY_BYTES));
  const client = new AbortController();
  onceGone(response, () => client.abort());
  const caller = { actor: context.actor, signal: client.signal, nowMs: Date.now() };
  const pending = panelLines(context.registry, caller, wanted, context.requestId);
  const gzip = acceptsGzip(request);
  response.writeHead(200, {
    "content-type": "application/x-ndjson; charset=utf-8",
    "cache-control": "no-store",
    vary: "accept-encoding",
    ...(gzip ? { "content-encoding": "gzip" } : {}),
  });
  response.flushHeaders();
  const lines = asText(inOrderOfCompletion(pending));
  try {
    if (gzip)
      await pipeline(lines, createGzip({ level: GZIP_LEVEL, flush: constants.Z_SYNC_FLUSH }), response);
    else await pipeline(lines, response);
  } catch (error) {
    if (!client.signal.aborted) throw error;
  }
}

/** Yields each value when its promise resolves, the fastest first. */
async function* inOrderOfCompletion<T>(promises: readonly Promise<T>[]): AsyncGenerator<T> {
  const pending = new Map(promises.map((promise, i) => [i, promise.then((value) => ({ i, value }))]));
  while (pending.size > 0) {
    const { i, value } = await Promise.race(pending.values());
    pending.delete(i);
    yield value;
  }
}

async function* asText(lines: AsyncIterable<PanelLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
