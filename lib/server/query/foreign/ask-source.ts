import "server-only";
import { bulkhead, type BulkheadPolicy, BulkheadRejectedError, TaskCancelledError } from "cockatiel";
import type { SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { singleton } from "#lib/server/singleton.ts";
import { ask, foreignAnswer, type UpstreamAnswer } from "../http.ts";
import { QUERY_LIMITS } from "../limits.ts";
import { sourceLabel, UpstreamError } from "../upstream-error.ts";
import { GUARD_OPTIONS, sourceGuard } from "../upstream-guard.ts";
import type { Target } from "./endpoint.ts";

/** Half of a source's slots, so that pages always find one that no foreign client holds. */
const MAX_CONCURRENT = GUARD_OPTIONS.maxConcurrent / 2;
const MAX_WAITING = 100;
/** Beyond the time the source was given, so that its own timeout arrives first. */
const GRACE_MS = 2_000;

interface Question {
  target: Target;
  params: URLSearchParams;
  /** Headers of ours that the endpoint's own rules allow. */
  headers: Readonly<Record<string, string>>;
}

/**
 * Asks a source what a foreign client wants to know, through the plane's semaphore and breaker. The answer is
 * whatever the source says, its errors too.
 * @throws UpstreamError when there is no answer in the source's own formats; AppError `cancelled`.
 */
export async function askSource(
  source: SourceSettings,
  { target, params, headers }: Question,
  signal: AbortSignal,
): Promise<UpstreamAnswer> {
  const { timeoutMs, maxBodyBytes } = QUERY_LIMITS;
  if (target.kind === "prometheus") params.set("timeout", `${timeoutMs}ms`);
  const wanted = {
    path: target.upstreamPath,
    params,
    headers,
    getOnly: target.endpoint.getOnly ?? false,
    timeoutMs: timeoutMs + GRACE_MS,
    maxBodyBytes,
  };
  const work = (running: AbortSignal) =>
    ask(source, { ...wanted, signal: running }, (answer) => inOwnFormat(source, answer));
  try {
    return await gateOf(source).execute(() => sourceGuard(source)(work, signal), signal);
  } catch (error) {
    if (error instanceof TaskCancelledError) throw new AppError("cancelled", "the request was cancelled");
    if (!(error instanceof BulkheadRejectedError)) throw error;
    const detail = `too many foreign queries wait for ${sourceLabel(source)}`;
    throw new UpstreamError("slow", "upstream_unavailable", detail, error);
  }
}

function gateOf(source: SourceSettings): BulkheadPolicy {
  const gates = singleton("query.foreign-gates", () => new Map<string, BulkheadPolicy>());
  const key = `${source.kind}/${source.name}`;
  const gate = gates.get(key) ?? bulkhead(MAX_CONCURRENT, MAX_WAITING);
  gates.set(key, gate);
  return gate;
}

/** A gateway's page is no answer, and that our credentials were refused is not for the client to mend. */
function inOwnFormat(source: SourceSettings, answer: UpstreamAnswer): UpstreamAnswer {
  if (mediaType(answer) === null || [401, 403, 407].includes(answer.status)) {
    throw foreignAnswer(source, answer);
  }
  return answer;
}

/** The content type that an answer goes out with; null for what no source of ours speaks. */
export function mediaType({ contentType }: UpstreamAnswer): string | null {
  switch (contentType.split(";", 1)[0]?.trim().toLowerCase()) {
    case "application/json":
      return "application/json";
    case "text/plain":
      return "text/plain; charset=utf-8";
    default:
      return null;
  }
}
