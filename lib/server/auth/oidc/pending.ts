import "server-only";
import { randomBytes } from "node:crypto";
import { parseCookies } from "better-auth/cookies";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { publicOrigin } from "#lib/server/auth/auth.ts";
import { deriveKey, secrets } from "#lib/server/secrets/keys.ts";

/** Long enough for a second factor at the issuer. */
export const PENDING_SECONDS = 600;
const CHANCE_BYTES = 32;

const Pending = z.object({
  state: z.string(),
  nonce: z.string(),
  /** PKCE (RFC 7636). */
  verifier: z.string(),
  /** The path of ours to go on to. */
  next: z.string(),
});
/** A sign-in that this browser has begun. */
export type Pending = z.infer<typeof Pending>;

/** The prefix keeps a neighbouring host from planting one of its own. */
function cookieName(): string {
  return publicOrigin().startsWith("https:") ? "__Host-burnline.oidc" : "burnline.oidc";
}

function key(): Buffer {
  return deriveKey(secrets()[0], "oidc.pending");
}

function cookie(value: string, maxAgeSeconds: number): string {
  const secure = publicOrigin().startsWith("https:") ? "; Secure" : "";
  return `${cookieName()}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}

/** A new sign-in that leads to `next`. */
export function beginPending(next: string): Pending {
  const chance = () => randomBytes(CHANCE_BYTES).toString("base64url");
  return { state: chance(), nonce: chance(), verifier: chance(), next };
}

/** The Set-Cookie header that binds a sign-in to the browser that began it. */
export async function pendingCookie(pending: Pending): Promise<string> {
  const token = new SignJWT({ ...pending }).setProtectedHeader({ alg: "HS256" });
  return cookie(await token.setExpirationTime(`${PENDING_SECONDS}s`).sign(key()), PENDING_SECONDS);
}

/** The Set-Cookie header that ends it. */
export function endedCookie(): string {
  return cookie("", 0);
}

/** The sign-in that the sender of these headers has begun; null for none, an altered or a lapsed one. */
export async function readPending(headers: Headers): Promise<Pending | null> {
  const token = parseCookies(headers.get("cookie") ?? "").get(cookieName());
  if (!token) return null;
  try {
    const { payload } = await jwtVerify(token, key(), { algorithms: ["HS256"] });
    return Pending.parse(payload);
  } catch {
    return null;
  }
}
