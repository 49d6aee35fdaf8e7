import "server-only";
import type { ServerResponse } from "node:http";
import { EXPORT_POLICY } from "#lib/server/services/postmortems/export-style.ts";

const YEAR_SECONDS = 31_536_000;
const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** The one answer of the API that is made to be shown. */
const EXPORTED_PAGE = /^\/api\/v1\/incidents\/[^/?]+\/postmortem\.html(?:\?|$)/;

/**
 * What every answer carries. Pages get a policy with a nonce of their own (proxy.ts); an answer of the API may
 * load nothing and be framed by nobody, should a browser ever show it; an exported page has its own style.
 */
export function setSecurityHeaders(response: ServerResponse, url: string, publicUrl: string | null): void {
  if (url.startsWith("/api/")) {
    response.setHeader("content-security-policy", EXPORTED_PAGE.test(url) ? EXPORT_POLICY : API_POLICY);
  }
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  if (publicUrl?.startsWith("https:")) {
    response.setHeader("strict-transport-security", `max-age=${YEAR_SECONDS}; includeSubDomains`);
  }
}
