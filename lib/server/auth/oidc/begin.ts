import "server-only";
import { createHash } from "node:crypto";
import type { z } from "zod";
import { type OidcStart, StartOidc } from "#lib/contracts/access.ts";
import { ownPath } from "#lib/domain/access/own-path.ts";
import { publicOrigin } from "#lib/server/auth/auth.ts";
import { settings } from "#lib/server/env.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { log } from "#lib/server/log.ts";
import { limit } from "#lib/server/rate-limit/limit.ts";
import { discoverIssuer } from "./discovery.ts";
import { beginPending, pendingCookie } from "./pending.ts";
import { SignInRefusal } from "./refusal.ts";

/** Nobody is sent to an issuer of which nothing has been seen for longer. */
const SEEN_WITHIN_MS = 15_000;
/** Browsers drop cookies of more than 4 KB, and this goes into one. */
const MAX_NEXT_LENGTH = 2_000;

/** Where the issuer sends people back to; to be registered there. */
export function callbackAddress(): string {
  return `${publicOrigin()}/api/auth/callback/oidc`;
}

function pathOf(next: string | undefined): string {
  const path = ownPath(next) ?? "/";
  return path.length > MAX_NEXT_LENGTH ? "/" : path;
}

/** RFC 7636, section 4.2. */
function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

/**
 * Begins to sign in with the issuer: answers its address for the browser, and a cookie that binds the sign-in to it.
 * @throws `not_found` without an issuer in the settings, `upstream_unavailable` while it is down, `rate_limited`
 */
export async function beginOidc(input: unknown, caller: Caller): Promise<z.infer<typeof OidcStart>> {
  const { next } = parseInput(StartOidc, input);
  const { oidc } = settings().access;
  if (!oidc) throw new AppError("not_found", "no sign-in service is configured; set OIDC_ISSUER");
  await limit("signIn", caller.address);
  const issuer = await discoverIssuer(oidc, SEEN_WITHIN_MS, caller.signal).catch((error: unknown) => {
    if (error instanceof SignInRefusal) log().warn({ requestId: caller.requestId }, error.detail);
    throw error;
  });
  const pending = beginPending(pathOf(next));
  const url = new URL(issuer.document.authorization_endpoint);
  const params = {
    response_type: "code",
    client_id: oidc.clientId,
    redirect_uri: callbackAddress(),
    scope: [...new Set(["openid", ...oidc.scopes])].join(" "),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: challengeOf(pending.verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  caller.answerHeaders.append("set-cookie", await pendingCookie(pending));
  return { url: url.href };
}
