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

function checkWrite(headers: IncomingMessage["headers"], host: string): void {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    throw new AppError("forbidden", "writes from another site are refused");
  }
  if (headers.origin !== undefined && parseOrigin(headers.origin)?.host !== host) {
    throw new AppError("forbidden", "writes from another origin are refused");
  }
}

/**
 * Refuses requests under a foreign host name and writes that another site started.
 * @param publicUrl address under which people reach us, or null for loopback only
 * @throws AppError `forbidden`
 */
export function guard(request: IncomingMessage, publicUrl: string | null): void {
  const publicHost = publicUrl === null ? undefined : new URL(publicUrl).host;
  const host = checkHost(request.headers.host, publicHost);
  if (request.method !== "GET" && request.method !== "HEAD") checkWrite(request.headers, host);
}
