import "server-only";
import type { ServerResponse } from "node:http";

const YEAR_SECONDS = 31_536_000;

/**
 * What every answer carries. Pages get a policy with a nonce of their own (proxy.ts), which replaces the one
 * here: an answer that is no page may load nothing and be framed by nobody.
 */
export function setSecurityHeaders(response: ServerResponse, publicUrl: string | null): void {
  response.setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  if (publicUrl?.startsWith("https:")) {
    response.setHeader("strict-transport-security", `max-age=${YEAR_SECONDS}; includeSubDomains`);
  }
}
