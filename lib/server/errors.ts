import "server-only";
import type { z } from "zod";
import type { ErrorCode, Problem } from "#lib/contracts/problem.ts";

const STATUS_OF_CODE: Record<ErrorCode, number> = {
  bad_request: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  password_change_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  bad_query: 400,
  query_too_expensive: 422,
  upstream_unavailable: 502,
  upstream_timeout: 504,
  upstream_error: 502,
  cancelled: 499,
  unavailable: 503,
  internal: 500,
};

const TITLE_OF_CODE: Record<ErrorCode, string> = {
  bad_request: "The request cannot be read",
  invalid: "Some fields are not valid",
  unauthenticated: "Sign-in is needed",
  forbidden: "Not allowed",
  password_change_required: "The first password must be changed",
  not_found: "Not found",
  method_not_allowed: "This method is not offered here",
  conflict: "Someone else changed this meanwhile",
  too_large: "Too large",
  unsupported_media_type: "This content type is not accepted",
  rate_limited: "Too many requests",
  bad_query: "The query is not valid",
  query_too_expensive: "The query asks for too much",
  upstream_unavailable: "The source cannot be reached",
  upstream_timeout: "The source did not answer in time",
  upstream_error: "The source answered with an error",
  cancelled: "The request was cancelled",
  unavailable: "Not available right now",
  internal: "Something failed on our side",
};

/** Where in the input a field went wrong, and how. `path` is dotted, as in `panels.0.widthPx`. */
export interface FieldError {
  path: string;
  message: string;
}

/** Tells our errors by a mark: the listener and the pages hold copies of this class of their own. */
const MARK = Symbol.for("burnline.app-error");

/** The one error our own code throws on purpose; `detail` may be shown to the caller. */
export class AppError extends Error {
  readonly [MARK] = true;
  readonly code: ErrorCode;
  readonly fields: FieldError[] | undefined;
  readonly current: unknown;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    detail: string,
    more: { fields?: FieldError[]; current?: unknown; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "AppError";
    this.code = code;
    this.fields = more.fields;
    this.current = more.current;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== AppError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && MARK in value;
  }
}

/** Turns a zod failure into an `invalid` error that names every field. */
export function invalid(error: z.ZodError, prefix = ""): AppError {
  const fields = error.issues.map((issue) => ({
    path: [prefix, ...issue.path.map(String)].filter(Boolean).join("."),
    message: issue.message,
  }));
  const detail = fields.map((f) => (f.path ? `${f.path}: ${f.message}` : f.message)).join("; ");
  return new AppError("invalid", detail, { fields });
}

/** Parses input from outside; throws `invalid` with the path of each bad field. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, prefix = ""): z.infer<T> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error, prefix);
  return parsed.data;
}

/** The HTTP status of an error code. */
export function statusOf(code: ErrorCode): number {
  return STATUS_OF_CODE[code];
}

/** The headers that go out with a problem, beside its status. */
export function problemHeaders({ retryAfterSeconds }: Problem): Record<string, string> {
  return {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
  };
}

/**
 * Maps any thrown value to problem details. Only an AppError's words are shown; everything else
 * becomes `internal`, to be found in the log by its request id.
 */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = error instanceof AppError ? error : undefined;
  const code = known?.code ?? "internal";
  return {
    type: `urn:burnline:error:${code}`,
    title: TITLE_OF_CODE[code],
    status: STATUS_OF_CODE[code],
    code,
    detail: known?.message ?? "An unexpected error; the log has it under this request id.",
    ...(known?.fields ? { errors: known.fields } : {}),
    ...(known?.current === undefined ? {} : { current: known.current }),
    ...(known?.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: known.retryAfterSeconds }),
    requestId,
  };
}
