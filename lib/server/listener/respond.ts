import "server-only";
import type { ServerResponse } from "node:http";
import { problemHeaders, statusOf, toProblem } from "#lib/server/errors.ts";
import { log } from "#lib/server/log.ts";

/** Ends a plain response with problem details; unexpected errors go to the log under the request id. */
export function respondProblem(response: ServerResponse, error: unknown, requestId: string): void {
  const problem = toProblem(error, requestId);
  if (problem.code === "internal") log().error({ err: error, requestId }, "request failed");
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(problem);
  response.writeHead(statusOf(problem.code), {
    ...problemHeaders(problem),
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}
