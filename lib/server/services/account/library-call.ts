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
 * The request's headers with no cookie but the one of this name: what a browser was made to send before signing
 * in (a planted session, a trusted device) must play no part in it. Of two cookies that could be meant none is
 * kept: two readers might not take the same one.
 */
export function withOnlyCookie(headers: Headers, name: string | null): Headers {
  const kept = new Headers(headers);
  const meant = name === null ? [] : [name, `__Secure-${name}`];
  const cookies = (headers.get("cookie") ?? "")
    .split(/;\s*/)
    .filter((cookie) => meant.includes(cookie.split("=", 1)[0] ?? ""));
  kept.delete("cookie");
  if (cookies[0] !== undefined && cookies.length === 1) kept.set("cookie", cookies[0]);
  return kept;
}
