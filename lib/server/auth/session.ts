import "server-only";
import { serializeCookie, serializeSignedCookie } from "better-call";
import type { Caller } from "#lib/server/handle.ts";
import { reachable } from "#lib/server/db/reachable.ts";
import { AppError } from "#lib/server/errors.ts";
import { auth } from "./auth.ts";

/**
 * Begins a session of somebody we know and sends its cookie. What cookies the request came with plays no part.
 * @returns the session's token
 * @throws `unauthenticated` when the account is disabled
 */
export async function openSession(personId: string, caller: Caller): Promise<string> {
  const { internalAdapter, authCookies, secret, sessionConfig } = await auth().$context;
  const from = { ipAddress: caller.address, userAgent: caller.headers.get("user-agent") };
  const session = await reachable(internalAdapter.createSession(personId, false, from));
  // The hook against disabled accounts makes the library answer nothing.
  if (!session) throw new AppError("unauthenticated", "this account is disabled");
  const { name, attributes } = authCookies.sessionToken;
  const options = { ...attributes, maxAge: sessionConfig.expiresIn };
  const cookie = await serializeSignedCookie(name, session.token, secret, options);
  caller.answerHeaders.append("set-cookie", cookie);
  return session.token;
}

/** Makes the browser forget its session. */
export async function dropSessionCookie(caller: Caller): Promise<void> {
  const { authCookies } = await auth().$context;
  const { name, attributes } = authCookies.sessionToken;
  caller.answerHeaders.append("set-cookie", serializeCookie(name, "", { ...attributes, maxAge: 0 }));
}
