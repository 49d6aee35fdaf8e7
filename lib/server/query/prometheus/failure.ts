import "server-only";
import type { ErrorCode } from "#lib/contracts/problem.ts";
import { type Fault, UpstreamError } from "../upstream-error.ts";

interface Verdict {
  fault: Fault;
  code: ErrorCode;
}

const TIMED_OUT: Verdict = { fault: "slow", code: "upstream_timeout" };
const TOO_EXPENSIVE: Verdict = { fault: "refused", code: "query_too_expensive" };

const VERDICT_OF_TYPE: Readonly<Record<string, Verdict>> = {
  bad_data: { fault: "refused", code: "bad_query" },
  execution: { fault: "refused", code: "bad_query" },
  timeout: TIMED_OUT,
  canceled: { fault: "slow", code: "upstream_unavailable" },
  unavailable: { fault: "down", code: "upstream_unavailable" },
  internal: { fault: "down", code: "upstream_error" },
  too_many_requests: { fault: "slow", code: "upstream_unavailable" },
};

/** A timeout may come as `execution`, and limits as `bad_data`: only the words tell. */
const VERDICT_OF_WORDS: readonly (readonly [RegExp, Verdict])[] = [
  [/context deadline exceeded|query timed out/, TIMED_OUT],
  [/context canceled/, { fault: "slow", code: "upstream_unavailable" }],
  [/too many samples|exceeded maximum resolution|the query hit .* limit/, TOO_EXPENSIVE],
];

/** The error behind `{ status: "error" }`; its detail is Prometheus' own text. */
export function prometheusFailure(errorType: string, words: string): UpstreamError {
  const { fault, code } =
    VERDICT_OF_WORDS.find(([pattern]) => pattern.test(words))?.[1] ??
    VERDICT_OF_TYPE[errorType] ??
    ({ fault: "refused", code: "upstream_error" } satisfies Verdict);
  return new UpstreamError(fault, code, words);
}
