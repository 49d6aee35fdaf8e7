import "server-only";
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { settings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { sendWire } from "#lib/server/query/foreign/outgoing.ts";
import { repeatedAnswer } from "#lib/server/query/foreign/repeated.ts";
import { guard } from "./guard.ts";
import { hotRoute } from "./hot-routes.ts";
import { pathOf } from "./path-of.ts";
import { respondProblem } from "./respond.ts";
import { securityHeaders, setSecurityHeaders } from "./security-headers.ts";
import { vouchFor } from "./vouch-for.ts";

export type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Answers one request: guarded, with an id and an address that the code behind can rely on, by a hot route or
 * by Next; one that repeats what was guarded and answered a moment ago is answered at once. `fallback` is null while
 * Next is starting.
 */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  fallback: NextHandler | null,
): Promise<void> {
  const requestId = randomUUID();
  const { publicUrl, access } = settings();
  try {
    const repeated = repeatedAnswer(request);
    if (repeated) {
      const headers = ["x-request-id", requestId, ...securityHeaders(request.url ?? "", publicUrl)];
      return sendWire(response, repeated, headers);
    }
    response.setHeader("x-request-id", requestId);
    setSecurityHeaders(response, request.url ?? "", publicUrl);
    const path = pathOf(request);
    guard(request, path, publicUrl);
    vouchFor(request, requestId, access.trustedProxies);
    if (fallback === null)
      throw new AppError("unavailable", "Burnline is starting; try again in a few seconds");
    const hot = hotRoute(path);
    await (hot ? hot(request, response, requestId) : fallback(request, response));
  } catch (error) {
    respondProblem(response, error, requestId);
  }
}
