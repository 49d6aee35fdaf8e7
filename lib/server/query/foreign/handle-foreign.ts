import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { settings, type SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { limit } from "#lib/server/rate-limit/limit.ts";
import { acceptsGzip } from "../accepts-gzip.ts";
import { queryMetrics } from "../metrics.ts";
import { onceGone } from "../once-gone.ts";
import { findSource } from "../sources.ts";
import { askSource, mediaType } from "./ask-source.ts";
import { confineParams } from "./confine-params.ts";
import type { Target } from "./endpoint.ts";
import { respondFailure } from "./failure.ts";
import { findTarget } from "./find-target.ts";
import { type ForeignReads, foreignReads } from "./foreign-reads.ts";
import { keepMs } from "./keep-ms.ts";
import { Outgoing, sendWire } from "./outgoing.ts";
import { readParams } from "./read-params.ts";
import { rememberRequest } from "./repeated.ts";

const CATEGORIZE = "categorize-labels";

interface ForeignContext {
  requestId: string;
  /** The client's address as the listener vouches for it. */
  address: string | null;
  /** Who asks; asked for once the path is known. */
  actorOf: () => Promise<Actor>;
  sources?: readonly SourceSettings[];
  reads?: ForeignReads;
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
  { actorOf, address, sources = settings().sources, reads = foreignReads() }: ForeignContext,
): Promise<void> {
  const actor = await actorOf();
  authorize(actor, "queries:run");
  const source = findSource(target.kind, undefined, sources);
  const headers = ownHeaders(request, target);
  const params = confineParams(target, await readParams(request, target), actor.confinement);
  const key = keyOf(source, target, params, headers);
  const label = `${source.kind}/${source.name}`;
  const kept = reads.find(key);
  // What is kept costs nobody anything; what may have to be asked for is counted.
  if (kept === null) await limit("rawQuery", address, actor.tokenId ?? actor.id);
  else rememberRequest(request, { actor, question: key, source: label });
  const outcome = kept ? "hit" : reads.isAsked(key) ? "merged" : "fetched";
  queryMetrics().queries.inc({ source: label, outcome });
  const outgoing = kept ?? (await fetched(response, { key, reads, source, target, params, headers }));
  const wire = await outgoing.wire(acceptsGzip(request));
  if (!response.destroyed) sendWire(response, wire);
}

interface Wanted {
  key: string;
  reads: ForeignReads;
  source: SourceSettings;
  target: Target;
  params: URLSearchParams;
  headers: Readonly<Record<string, string>>;
}

/** Asks the source for as long as this client, or another with an equal question, waits. */
function fetched(response: ServerResponse, wanted: Wanted): Promise<Outgoing> {
  const { key, reads, source, target, params, headers } = wanted;
  const client = new AbortController();
  onceGone(response, () => client.abort());
  return reads.join(key, client.signal, async (signal) => {
    const asked = { source, target, params, askedAtMs: Date.now() };
    const answer = await askSource(source, { target, params, headers }, signal);
    const outgoing = new Outgoing(answer.status, mediaType(answer) ?? "application/json", answer.body);
    return { outgoing, keepMs: keepMs(asked, answer) };
  });
}

/** All that an answer depends on; the actor's matchers stand in the parameters. */
function keyOf(
  { kind, name }: SourceSettings,
  { upstreamPath }: Target,
  params: URLSearchParams,
  headers: Readonly<Record<string, string>>,
): string {
  return `${kind}/${name}${upstreamPath}?${params}#${Object.values(headers)}`;
}

/** The one thing a header may ask for: how Loki groups lines. It is said in our words. */
function ownHeaders(request: IncomingMessage, { kind }: Target): Record<string, string> {
  const asked = request.headers["x-loki-response-encoding-flags"];
  return kind === "loki" && asked === CATEGORIZE ? { "x-loki-response-encoding-flags": CATEGORIZE } : {};
}
