import "server-only";
import type { Server } from "node:http";

/**
 * Closes a listener: no new connections, streams told to end through `closing`, running requests finished.
 * Whatever is left after `graceMs` is cut. Resolves when the last connection is gone.
 */
export async function drain(server: Server, closing: AbortController, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  closing.abort();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
