import "server-only";
import type { IncomingMessage } from "node:http";

/** Whether the client takes gzip: `gzip;q=0` refuses it; any other mention of gzip or `*` accepts. */
export function acceptsGzip(request: IncomingMessage): boolean {
  const offers = String(request.headers["accept-encoding"] ?? "").split(",");
  return offers.some((offer) => /^\s*(?:gzip|\*)\s*(?:;(?!\s*q=0(?:\.0*)?\s*$)|$)/i.test(offer));
}
