import "server-only";
import type { SourceSettings } from "#lib/server/env.ts";
import { foreignAnswer, type UpstreamAnswer } from "../http.ts";
import { UpstreamError } from "../upstream-error.ts";

/** Limits come as 400 like any bad query: only the words tell. */
const LIMIT_WORDS =
  /limit|exceeded maximum resolution|maximum number of series|too many bytes|blocked by policy/i;

/** The error behind an answer other than 200; its detail is Loki's own text. */
export function lokiFailure(source: SourceSettings, answer: UpstreamAnswer): UpstreamError {
  const words = answer.text.trim();
  if (!answer.contentType.startsWith("text/plain") || words === "") return foreignAnswer(source, answer);
  switch (answer.status) {
    case 400:
    case 422:
    case 501:
      return new UpstreamError(
        "refused",
        LIMIT_WORDS.test(words) ? "query_too_expensive" : "bad_query",
        words,
      );
    case 429:
      return new UpstreamError("slow", "upstream_unavailable", words);
    case 504:
      return new UpstreamError("slow", "upstream_timeout", words);
    default:
      return foreignAnswer(source, answer);
  }
}
