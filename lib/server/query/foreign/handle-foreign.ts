import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { settings, type SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { limit } from "#lib/server/rate-limit/limit.ts";
import { acceptsGzip } from "../accepts-gzip.ts";
import type { UpstreamAnswer } from "../http.ts";
import { findSource } from "../sources.ts";
import { askSource, mediaType } from "./ask-source.ts";
import { confineParams } from "./confine-params.ts";
import type { Target } from "./endpoint.ts";
import { respondFailure } from "./failure.ts";
import { findTarget } from "./find-target.ts";
import { readParams } from "./read-params.ts";

const compress = promisify(gzip);
/** Speed before size: most clients sit on the LAN. */
const GZIP_LEVEL = 1;
/** Below this, gzip costs more than it saves. */
const WORTH_GZIP_BYTES = 2_048;
const CATEGORIZE = "categorize-labels";

interface ForeignContext {
  requestId: string;
  /** The client's address as the listener vouches for it. */
  address: string | null;
  /** Who asks; asked for once the path is known. */
  actorOf: () => Promise<Actor>;
  sources?: readonly SourceSettings[];
}

/**
 * `/api/prometheus/…` and `/api/loki/…`: the source's own HTTP API for Grafana, promtool and logcli, as far as
 * the endpoint tables go. Path, parameters and headers to the source are written anew; of its answer pass the
 * status, the body and one of two content types.
 * @param path as it was sent
 * @throws AppError `not_found` for whatever no table lists; other errors are answered in the source's shape.
 */
export async function handleForeign(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  context: ForeignContext,
): Promise<void> {
  const target = findTarget(path);
  if (!target) throw new AppError("not_found", "there is no such query endpoint here");
  try {
    await pass(request, response, target, context);
  } catch (error) {
    respondFailure(response, target.kind, error, context.requestId);
  }
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  { actorOf, address, sources = settings().sources }: ForeignContext,
): Promise<void> {
  const actor = await actorOf();
  authorize(actor, "queries:run");
  await limit("rawQuery", address, actor.tokenId ?? actor.id);
  const params = confineParams(target, await readParams(request, target.endpoint), actor.confinement);
  const source = findSource(target.kind, undefined, sources);
  const client = new AbortController();
  response.once("close", () => client.abort());
  const question = { target, params, headers: ownHeaders(request, target) };
  await respond(request, response, await askSource(source, question, client.signal));
}

/** The one thing a header may ask for: how Loki groups lines. It is said in our words. */
function ownHeaders(request: IncomingMessage, { kind }: Target): Record<string, string> {
  const asked = request.headers["x-loki-response-encoding-flags"];
  return kind === "loki" && asked === CATEGORIZE ? { "x-loki-response-encoding-flags": CATEGORIZE } : {};
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: UpstreamAnswer,
): Promise<void> {
  const zipped = answer.body.length >= WORTH_GZIP_BYTES && acceptsGzip(request);
  const body = zipped ? await compress(answer.body, { level: GZIP_LEVEL }) : answer.body;
  if (response.destroyed) return;
  response.writeHead(answer.status, {
    "content-type": mediaType(answer) ?? "application/json",
    "content-length": body.length,
    "cache-control": "no-store",
    vary: "accept-encoding",
    ...(zipped ? { "content-encoding": "gzip" } : {}),
  });
  response.end(body);
}
