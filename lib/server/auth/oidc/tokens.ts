import "server-only";
import { type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import type { OidcSettings } from "#lib/server/env-access.ts";
import { askIssuer } from "./ask-issuer.ts";
import type { Issuer } from "./discovery.ts";
import { SignInRefusal } from "./refusal.ts";

/** Signatures with the issuer's private key alone: "none" is no signature, and HS* is made with a secret that we hold too. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
const CLOCK_TOLERANCE_SECONDS = 30;

const TokenAnswer = z.object({ id_token: z.string(), access_token: z.string() });
const TokenRefusal = z.object({ error: z.string(), error_description: z.string().optional() });

export interface Tokens {
  idToken: string;
  accessToken: string;
}

interface CodeExchange {
  code: string;
  verifier: string;
  redirectUri: string;
  signal: AbortSignal;
}

/** RFC 6749, section 2.3.1: both parts form-encoded before they are joined. */
function basic({ clientId, clientSecret }: OidcSettings): string {
  const encode = (text: string) => new URLSearchParams({ x: text }).toString().slice(2);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString("base64")}`;
}

/**
 * Takes the code to the token endpoint.
 * @throws SignInRefusal `issuer_unreachable`; `issuer_refused` with the issuer's words, as for a code that was used already
 */
export async function exchangeCode(
  issuer: Issuer,
  oidc: OidcSettings,
  wanted: CodeExchange,
): Promise<Tokens> {
  const { token_endpoint, token_endpoint_auth_methods_supported: methods } = issuer.document;
  const byHeader = methods.includes("client_secret_basic") || !methods.includes("client_secret_post");
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code: wanted.code,
    redirect_uri: wanted.redirectUri,
    code_verifier: wanted.verifier,
    ...(byHeader ? {} : { client_id: oidc.clientId, client_secret: oidc.clientSecret }),
  });
  const headers: Record<string, string> = byHeader ? { authorization: basic(oidc) } : {};
  const { status, body } = await askIssuer(token_endpoint, { form, headers, signal: wanted.signal });
  const answer = TokenAnswer.safeParse(body);
  if (status === 200 && answer.success) {
    return { idToken: answer.data.id_token, accessToken: answer.data.access_token };
  }
  const refusal = TokenRefusal.safeParse(body).data;
  const words = [refusal?.error, refusal?.error_description].filter(Boolean).join(": ") || "no ID token";
  throw new SignInRefusal("issuer_refused", `the token endpoint answered HTTP ${status}: ${words}`);
}

/** OpenID Connect Core 1.0, section 3.1.3.7, points 4 and 5: a token for several parties names the one it was given to. */
function checkParty(payload: JWTPayload, clientId: string): void {
  const several = Array.isArray(payload.aud) && payload.aud.length > 1;
  const named = payload["azp"];
  if (named === undefined ? several : named !== clientId)
    throw new Error("it was given to another party (azp)");
}

/**
 * The claims of an ID token whose signature, issuer, audience, expiry and nonce are as they must be.
 * @throws SignInRefusal `not_verified`, `issuer_unreachable` when its keys cannot be read
 */
export async function verifyIdToken(
  issuer: Issuer,
  { clientId }: Pick<OidcSettings, "clientId">,
  idToken: string,
  nonce: string,
): Promise<JWTPayload & { sub: string }> {
  try {
    const { payload } = await jwtVerify(idToken, issuer.keys, {
      issuer: issuer.document.issuer,
      audience: clientId,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ["sub", "exp", "iat", "nonce"],
    });
    if (payload["nonce"] !== nonce) throw new Error("it belongs to another sign-in (nonce)");
    checkParty(payload, clientId);
    return { ...payload, sub: z.string().min(1).max(255).parse(payload.sub) };
  } catch (error) {
    if (error instanceof SignInRefusal) throw error;
    throw new SignInRefusal("not_verified", `the ID token: ${(error as Error).message}`, error);
  }
}
