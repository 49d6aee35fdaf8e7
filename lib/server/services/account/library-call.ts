import "server-only";
import { isAPIError } from "@better-auth/core/utils/is-api-error";
import { reachable } from "#lib/server/db/reachable.ts";
import type { Caller } from "#lib/server/handle.ts";

/** What the library answers when our own hook against disabled accounts made no session. */
const NO_SESSION = "FAILED_TO_CREATE_SESSION";

type LibraryAnswer<T> = { refused: string } | { refused: null; response: T; headers: Headers };

/**
 * Calls the library that signs people in. Its refusals are answers with their code, everything else is thrown.
 * Nothing has gone out yet: `forwardCookies` sends what it set.
 */
export async function callLibrary<T>(
  call: Promise<{ response: T; headers: Headers }>,
): Promise<LibraryAnswer<T>> {
  try {
    const { response, headers } = await reachable(call);
    return { refused: null, response, headers };
  } catch (error) {
    if (!isAPIError(error)) throw error;
    const code = error.body?.code;
    if (error.statusCode < 500 || code === NO_SESSION) return { refused: code ?? "UNKNOWN" };
    throw error;
  }
}

/** Sends the cookies that the library set. */
export function forwardCookies(headers: Headers, caller: Caller): void {
  for (const cookie of headers.getSetCookie()) caller.answerHeaders.append("set-cookie", cookie);
}

/**
 * The request's headers with only those cookies whose name ends as given: what a browser was made to send before
 * signing in (a planted session, a trusted device) must play no part in it.
 */
export function withOnlyCookie(headers: Headers, ending: string | null): Headers {
  const kept = new Headers(headers);
  const cookies = (headers.get("cookie") ?? "")
    .split(/;\s*/)
    .filter((cookie) => ending !== null && cookie.split("=", 1)[0]?.endsWith(ending));
  kept.delete("cookie");
  if (cookies.length > 0) kept.set("cookie", cookies.join("; "));
  return kept;
}
