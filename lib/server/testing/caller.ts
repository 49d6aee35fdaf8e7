import "server-only";
import type { Caller } from "#lib/server/handle.ts";

/** The request behind a verb under test. */
export function testCaller(headers: Record<string, string> = {}): Caller {
  return {
    signal: new AbortController().signal,
    requestId: "request-under-test",
    address: "192.0.2.1",
    headers: new Headers(headers),
    answerHeaders: new Headers(),
  };
}
