import "server-only";
import { randomUUID } from "node:crypto";
import { LOCAL_ACTOR, type Actor } from "./auth/actor.ts";
import { AppError, statusOf, toProblem } from "./errors.ts";
import { log } from "./log.ts";

const MAX_BODY_BYTES = 1024 * 1024;

/** What a service verb is given beside its input. */
export interface HandlerContext {
  signal: AbortSignal;
  requestId: string;
}

/** A use case: authorises the actor, parses its own input, does the work. */
type Verb = (actor: Actor, input: unknown, context: HandlerContext) => Promise<unknown>;

type RouteArguments = { params: Promise<Record<string, string | string[] | undefined>> };

async function readJson(request: Request): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("unsupported_media_type", "content-type must be application/json");
  }
  const text = await request.text();
  if (text.length > MAX_BODY_BYTES) throw new AppError("too_large", "the body may have 1 MiB at most");
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new AppError("bad_request", `the body is not JSON: ${(error as Error).message}`);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("bad_request", "the body must be a JSON object");
  }
  return body as Record<string, unknown>;
}

async function rawInput(request: Request, args: RouteArguments): Promise<Record<string, unknown>> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const body = request.method === "GET" || request.method === "HEAD" ? {} : await readJson(request);
  return { ...query, ...body, ...(await args.params) };
}

/** Answers an error as problem details; only unexpected ones are logged. */
function answerProblem(error: unknown, requestId: string): Response {
  const problem = toProblem(error, requestId);
  if (problem.code === "internal") log().error({ err: error, requestId }, "request failed");
  return Response.json(problem, {
    status: statusOf(problem.code),
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

/**
 * Makes a route handler out of a service verb. The verb's input is the path's parameters, the JSON body and
 * the query string, in that order of precedence; every failure becomes problem details.
 */
export function handle(verb: Verb): (request: Request, args: RouteArguments) => Promise<Response> {
  return async (request, args) => {
    const requestId = request.headers.get("x-request-id") ?? randomUUID();
    try {
      const input = await rawInput(request, args);
      const answer = await verb(LOCAL_ACTOR, input, { signal: request.signal, requestId });
      return Response.json(answer, { headers: { "cache-control": "no-store" } });
    } catch (error) {
      const cancelled = request.signal.aborted ? new AppError("cancelled", "the client left") : error;
      return answerProblem(cancelled, requestId);
    }
  };
}
