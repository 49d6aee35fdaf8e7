import "server-only";
import type { ServerResponse } from "node:http";

const YEAR_SECONDS = 31_536_000;

/**
 * What every answer carries. Pages get a policy with a nonce of their own (proxy.ts); an answer of the API may
 * load nothing and be framed by nobody, should a browser ever show it.
 */
export function setSecurityHeaders(response: ServerResponse, url: string, publicUrl: string | null): void {
  if (url.startsWith("/api/")) {
    response.setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  }
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  if (publicUrl?.startsWith("https:")) {
    response.setHeader("strict-transport-security", `max-age=${YEAR_SECONDS}; includeSubDomains`);
  }
}
