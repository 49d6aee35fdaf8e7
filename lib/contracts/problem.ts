import { z } from "zod";

/** Codes a client can act on; the HTTP status follows from the code. */
export const ERROR_CODES = [
  "bad_request",
  "invalid",
  "unauthenticated",
  "forbidden",
  "password_change_required",
  "not_found",
  "method_not_allowed",
  "conflict",
  "too_large",
  "unsupported_media_type",
  "rate_limited",
  "bad_query",
  "query_too_expensive",
  "upstream_unavailable",
  "upstream_timeout",
  "upstream_error",
  "cancelled",
  "unavailable",
  "internal",
] as const;
export const ErrorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** RFC 9457 problem details, the one error shape on the wire (`application/problem+json`). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ErrorCode,
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** The current state of an edited resource, with code `conflict`. */
  current: z.unknown().optional(),
  /** With code `rate_limited`: when to try again; the header Retry-After says the same. */
  retryAfterSeconds: z.int().optional(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;
