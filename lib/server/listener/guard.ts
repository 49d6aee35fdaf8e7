import "server-only";
import type { IncomingMessage } from "node:http";
import { AppError } from "#lib/server/errors.ts";

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

function parseOrigin(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The host a request names must be ours, or any web page could reach us by re-binding its own name to loopback. */
function checkHost(host: string | undefined, publicHost: string | undefined): string {
  const url = host === undefined ? undefined : parseOrigin(`http://${host}`);
  if (!url || !(LOOPBACK_NAMES.has(url.hostname) || url.host === publicHost)) {
    throw new AppError(
      "forbidden",
      "this address is not served here; set BURNLINE_URL to the public address",
    );
  }
  return url.host;
}

function checkWrite(
  headers: IncomingMessage["headers"],
  host: string,
  publicOrigin: string | undefined,
): void {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    throw new AppError("forbidden", "writes from another site are refused");
  }
  if (headers.origin === undefined) return;
  const origin = parseOrigin(headers.origin);
  const isPublic = publicOrigin !== undefined && host === new URL(publicOrigin).host;
  const same = isPublic ? origin?.origin === publicOrigin : origin?.host === host;
  if (!same) throw new AppError("forbidden", "writes from another origin are refused");
}

/** Probes ask by address, not by name, and learn nothing that a name would protect. */
const PROBES = new Set(["/api/health/live", "/api/health/ready"]);

/**
 * Refuses requests under a foreign host name and writes that another site started.
 * @param path the request's path
 * @param publicUrl address under which people reach us, or null for loopback only
 * @throws AppError `forbidden`
 */
export function guard(request: IncomingMessage, path: string, publicUrl: string | null): void {
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && PROBES.has(path)) return;
  const publicOrigin = publicUrl === null ? undefined : new URL(publicUrl);
  const host = checkHost(request.headers.host, publicOrigin?.host);
  if (!isRead) checkWrite(request.headers, host, publicOrigin?.origin);
}
