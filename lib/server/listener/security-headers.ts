import "server-only";
import type { ServerResponse } from "node:http";
import { EXPORT_POLICY } from "#lib/server/services/postmortems/export-style.ts";

const YEAR_SECONDS = 31_536_000;
const EVERY_ANSWER = [
  "x-content-type-options",
  "nosniff",
  "referrer-policy",
  "same-origin",
  "cross-origin-opener-policy",
  "same-origin",
  "cross-origin-resource-policy",
  "same-origin",
];
const OVER_HTTPS = ["strict-transport-security", `max-age=${YEAR_SECONDS}; includeSubDomains`];
const OF_API = ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"];
const OF_EXPORT = ["content-security-policy", EXPORT_POLICY];
/** The one answer of the API that is made to be shown. */
const EXPORTED_PAGE = /^\/api\/v1\/incidents\/[^/?]+\/postmortem\.html(?:\?|$)/;

/**
 * What every answer carries, names and values in turns. Pages get a policy with a nonce of their own (proxy.ts); an
 * answer of the API may load nothing and be framed by nobody, should a browser ever show it; an exported page has its
 * own style.
 */
export function securityHeaders(url: string, publicUrl: string | null): string[] {
  const policy = EXPORTED_PAGE.test(url) ? OF_EXPORT : OF_API;
  return [
    ...(url.startsWith("/api/") ? policy : []),
    ...EVERY_ANSWER,
    ...(publicUrl?.startsWith("https:") ? OVER_HTTPS : []),
  ];
}

/** Sets them on a response whose other headers are still to come. */
export function setSecurityHeaders(response: ServerResponse, url: string, publicUrl: string | null): void {
  const headers = securityHeaders(url, publicUrl);
  for (let at = 0; at < headers.length; at += 2) response.setHeader(headers[at] ?? "", headers[at + 1] ?? "");
}
