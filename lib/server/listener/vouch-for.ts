import "server-only";
import type { IncomingMessage } from "node:http";
import { type BlockList, isIP } from "node:net";

/** What proxies say of a client. Only ours may say it to the code behind the listener. */
const FORWARDING = [
  "forwarded",
  "x-real-ip",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-path",
];

function isTrusted(address: string, trusted: BlockList): boolean {
  const version = isIP(address);
  return version !== 0 && trusted.check(address, version === 4 ? "ipv4" : "ipv6");
}

/** `::ffff:192.0.2.1` is how a dual-stack socket writes an IPv4 address. */
function plain(address: string): string {
  const bare = address.trim().replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(bare) === 0 ? "" : bare;
}

/**
 * The client's address: the socket's, or behind trusted proxies the last one in X-Forwarded-For that is none
 * of them. What stands before that was written by the client and is not believed.
 */
export function clientAddress(request: IncomingMessage, trusted: BlockList): string {
  const socket = plain(request.socket.remoteAddress ?? "");
  const said = request.headers["x-forwarded-for"];
  const hops = [
    ...String(said ?? "")
      .split(",")
      .map(plain),
    socket,
  ];
  for (let i = hops.length - 1; i >= 0; i -= 1) {
    const hop = hops[i];
    if (!hop) return hops[i + 1] ?? socket;
    if (!isTrusted(hop, trusted)) return hop;
  }
  return hops[0] ?? socket;
}

/**
 * Rewrites the headers that the code behind the listener relies on, whatever the client sent: the request id,
 * and in X-Forwarded-For the one address we vouch for.
 */
export function vouchFor(request: IncomingMessage, requestId: string, trusted: BlockList): void {
  const address = clientAddress(request, trusted);
  for (const name of FORWARDING) delete request.headers[name];
  request.headers["x-request-id"] = requestId;
  request.headers["x-forwarded-for"] = address;
}

/** A Node request's headers as the web's class; repeated ones are joined as Node joins them. */
export function webHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !name.startsWith(":")) headers.set(name, String(value));
  }
  return headers;
}
