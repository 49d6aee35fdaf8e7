import "server-only";
import type { IncomingMessage } from "node:http";
import { LRUCache } from "lru-cache";
import type { Actor } from "#lib/server/auth/actor.ts";
import { actorAtHand, bearerKey } from "#lib/server/auth/bearer-memo.ts";
import { singleton } from "#lib/server/singleton.ts";
import { acceptsGzip } from "../accepts-gzip.ts";
import { queryMetrics } from "../metrics.ts";
import { isForeign } from "./find-target.ts";
import { type ForeignReads, foreignReads } from "./foreign-reads.ts";
import type { Wire } from "./outgoing.ts";

const MAX_BYTES = 4 * 1024 * 1024;
/** Beside its words: the objects and the places in the lists. */
const ENTRY_BYTES = 500;

/** Where the words of a request have led: who asked, and what the kept answer is kept under. */
interface Led {
  actor: Actor;
  question: string;
  source: string;
  takesGzip: boolean;
}

const ledBy = () =>
  singleton(
    "query.repeated-requests",
    () =>
      new LRUCache<string, Led>({
        maxSize: MAX_BYTES,
        sizeCalculation: ({ question }, words) => ENTRY_BYTES + 2 * (question.length + words.length),
      }),
  );

/**
 * Remembers that a request was answered from what is kept: until its token is read again, the same words mean the same
 * answer, and nothing of them has to be parsed, checked or permitted anew.
 */
export function rememberRequest(
  request: IncomingMessage,
  { actor, question, source }: Omit<Led, "takesGzip">,
): void {
  const words = wordsOf(request);
  if (words) ledBy().set(words.all, { actor, question, source, takesGzip: acceptsGzip(request) });
}

/**
 * The kept answer to a request that is word for word one of a moment ago, by a token whose rights were read since; null
 * where anything is different or unknown, which says nothing about the request.
 */
export function repeatedAnswer(request: IncomingMessage, reads: ForeignReads = foreignReads()): Wire | null {
  const words = wordsOf(request);
  const led = words && ledBy().get(words.all);
  // Another reading of the token is another object, so that what it may no longer do is not done.
  if (!led || actorAtHand(words.bearer) !== led.actor) return null;
  const wire = reads.find(led.question)?.wireAtHand(led.takesGzip) ?? null;
  if (wire) queryMetrics().queries.inc({ source: led.source, outcome: "hit" });
  return wire;
}

/** All that an answer, or its refusal, depends on; null for what is not a token's GET. */
function wordsOf({ method, url = "", headers }: IncomingMessage): { bearer: string; all: string } | null {
  if (method !== "GET" || headers.authorization === undefined || !isForeign(url)) return null;
  const bearer = bearerKey(headers.authorization);
  const asked = `${headers.host}\n${headers["accept-encoding"]}\n${headers["x-loki-response-encoding-flags"]}`;
  return { bearer, all: `${bearer}\n${asked}\n${url}` };
}
