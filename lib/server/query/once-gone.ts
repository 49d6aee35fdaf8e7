import "server-only";
import type { ServerResponse } from "node:http";

/**
 * Calls `then` when the client of a response is gone before it had all of it: at once where it left before anybody
 * listened for that.
 */
export function onceGone(response: ServerResponse, then: () => void): void {
  if (response.closed) then();
  else response.once("close", () => !response.writableFinished && then());
}
