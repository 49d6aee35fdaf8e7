import "server-only";
import type { ErrorCode } from "#lib/contracts/problem.ts";
import { AppError } from "#lib/server/errors.ts";

/**
 * Where the fault lies: `refused` in the request, `slow` in a query that was too much for the living upstream,
 * `foreign` in an answer that is not in the source's own format, `down` in the upstream itself. Older data may
 * stand in for all but `refused`; the last two put the source's lamp out; only `down` opens the breaker.
 */
export type Fault = "refused" | "slow" | "foreign" | "down";

/** A failed exchange with a source; `detail` keeps the upstream's own words. */
export class UpstreamError extends AppError {
  readonly fault: Fault;

  constructor(fault: Fault, code: ErrorCode, detail: string, cause?: unknown) {
    super(code, detail, { cause });
    this.name = "UpstreamError";
    this.fault = fault;
  }
}

/** How a source is called in messages: its kind, name and host, never its credentials. */
export function sourceLabel(source: { kind: string; name: string; url: string }): string {
  return `${source.kind} "${source.name}" (${new URL(source.url).host})`;
}
