import "server-only";
import type { ServerResponse } from "node:http";
import type { ErrorCode, Problem } from "#lib/contracts/problem.ts";
import { problemHeaders, statusOf, toProblem } from "#lib/server/errors.ts";
import { log } from "#lib/server/log.ts";
import type { ForeignKind } from "./endpoint.ts";

/** Prometheus' own words for an error's kind, where it has one. */
const ERROR_TYPES: Partial<Record<ErrorCode, string>> = {
  bad_request: "bad_data",
  bad_query: "bad_data",
  too_large: "bad_data",
  unsupported_media_type: "bad_data",
  query_too_expensive: "execution",
  upstream_timeout: "timeout",
  upstream_unavailable: "unavailable",
  upstream_error: "unavailable",
  unavailable: "unavailable",
  cancelled: "canceled",
  internal: "internal",
};

/**
 * Ends a response with an error of ours in the shape that the source's clients read: Prometheus' JSON envelope, or
 * a line of plain text as Loki does.
 */
export function respondFailure(
  response: ServerResponse,
  kind: ForeignKind,
  error: unknown,
  requestId: string,
): void {
  const problem = toProblem(error, requestId);
  if (problem.code === "internal") log().error({ err: error, requestId }, "request failed");
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { contentType, body } = SHAPES[kind](problem);
  response.writeHead(statusOf(problem.code), {
    ...problemHeaders(problem),
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

const SHAPES: Readonly<Record<ForeignKind, (problem: Problem) => { contentType: string; body: string }>> = {
  prometheus: ({ code, detail }) => {
    const errorType = ERROR_TYPES[code] ?? code;
    const body = JSON.stringify({ status: "error", errorType, error: detail });
    return { contentType: "application/json", body };
  },
  loki: ({ detail }) => ({ contentType: "text/plain; charset=utf-8", body: `${detail}\n` }),
};
