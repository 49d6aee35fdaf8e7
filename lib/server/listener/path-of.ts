import "server-only";
import type { IncomingMessage } from "node:http";
import { AppError } from "#lib/server/errors.ts";

/** What pages and the API are asked with; TRACE and the rest of the zoo are answered by nobody. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * The path of a request as it was sent.
 * @throws AppError `method_not_allowed`, and `bad_request` for what is no path or has escapes that cannot be decoded.
 */
export function pathOf(request: Pick<IncomingMessage, "method" | "url">): string {
  if (!METHODS.has(request.method ?? "")) {
    throw new AppError("method_not_allowed", `${request.method} is not offered here`);
  }
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  if (!path.startsWith("/")) throw new AppError("bad_request", "the address must begin with a slash");
  try {
    decodeURIComponent(path);
  } catch {
    throw new AppError("bad_request", "the address has an incomplete %-escape");
  }
  return path;
}
