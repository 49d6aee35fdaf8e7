import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "./auth/actor.ts";
import { requireActor } from "./auth/authenticate.ts";
import { AppError, problemHeaders, statusOf, toProblem } from "./errors.ts";
import { once } from "./idempotency/once.ts";
import { log } from "./log.ts";

const MAX_BODY_BYTES = 1024 * 1024;

/** The request behind a verb: what it may need beside its input. */
export interface Caller {
  signal: AbortSignal;
  requestId: string;
  /** The client's address as the listener vouches for it; null in Burnline's own jobs. */
  address: string | null;
  headers: Headers;
  /** Goes out with the answer: cookies, `location`, a file name. */
  answerHeaders: Headers;
}

/** A use case: authorises the actor, parses its own input, does the work. A Response is answered as it is. */
type Verb = (actor: Actor, input: unknown, caller: Caller) => Promise<unknown>;
/** A use case for whoever asks: signing in, setting up. */
type PublicVerb = (input: unknown, caller: Caller) => Promise<unknown>;

/** Reads the body of a write into fields of the verb's input. */
export type BodyReader = (request: Request) => Promise<Record<string, unknown>>;

type RouteArguments = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * The body as it came, read no further than it may be long: what is announced or sent beyond is never kept.
 * @throws AppError `too_large`
 */
export async function readBytes(request: Request): Promise<Buffer> {
  const tooLarge = new AppError("too_large", "the body may have 1 MiB at most");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readJson(request: Request): Promise<Record<string, unknown>> {
  // Next gives every DELETE a body, an empty one where none was sent.
  if (request.method === "DELETE" && !request.headers.has("content-type")) return {};
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("unsupported_media_type", "content-type must be application/json");
  }
  const text = (await readBytes(request)).toString("utf8");
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

async function rawInput(
  request: Request,
  args: RouteArguments,
  readBody: BodyReader,
): Promise<Record<string, unknown>> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const body = request.method === "GET" || request.method === "HEAD" ? {} : await readBody(request);
  return { ...query, ...body, ...(await args.params) };
}

/** Answers an error as problem details; only unexpected ones are logged. */
function answerProblem(error: unknown, requestId: string): Response {
  const problem = toProblem(error, requestId);
  if (problem.code === "internal") log().error({ err: error, requestId }, "request failed");
  return Response.json(problem, { status: statusOf(problem.code), headers: problemHeaders(problem) });
}

function callerOf(request: Request): Caller {
  return {
    signal: request.signal,
    requestId: request.headers.get("x-request-id") ?? randomUUID(),
    address: request.headers.get("x-forwarded-for"),
    headers: request.headers,
    answerHeaders: new Headers({ "cache-control": "no-store" }),
  };
}

/**
 * Makes a route handler for whoever asks. The verb's input is the path's parameters, the JSON body and
 * the query string, in that order of precedence; every failure becomes problem details. `readBody` is for what is no
 * JSON.
 */
export function handlePublic(
  verb: PublicVerb,
  readBody: BodyReader = readJson,
): (request: Request, args: RouteArguments) => Promise<Response> {
  return async (request, args) => {
    const caller = callerOf(request);
    try {
      const answer = await verb(await rawInput(request, args, readBody), caller);
      if (answer instanceof Response) return answer;
      return Response.json(answer, { headers: caller.answerHeaders });
    } catch (error) {
      const cancelled = request.signal.aborted ? new AppError("cancelled", "the client left") : error;
      return answerProblem(cancelled, caller.requestId);
    }
  };
}

/** As {@link handlePublic}, for people and tokens we know: nobody's request is even parsed. */
export function handle(
  verb: Verb,
  readBody?: BodyReader,
): (request: Request, args: RouteArguments) => Promise<Response> {
  const doOnce = (actor: Actor, request: Request): PublicVerb => {
    return (input, caller) =>
      once(actor, request, input, caller.answerHeaders, () => verb(actor, input, caller));
  };
  return handleKnown(doOnce, readBody);
}

/**
 * As {@link handle}, for what may be sent twice by its nature and whose answer ages: an `Idempotency-Key` brings no
 * older one back.
 */
export function handleAnew(verb: Verb): (request: Request, args: RouteArguments) => Promise<Response> {
  return handleKnown((actor) => (input, caller) => verb(actor, input, caller));
}

function handleKnown(
  workOf: (actor: Actor, request: Request) => PublicVerb,
  readBody?: BodyReader,
): (request: Request, args: RouteArguments) => Promise<Response> {
  return async (request, args) => {
    let actor: Actor;
    try {
      actor = await requireActor(request.headers);
    } catch (error) {
      return answerProblem(error, callerOf(request).requestId);
    }
    return handlePublic(workOf(actor, request), readBody)(request, args);
  };
}
