import "server-only";
import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import { createRemoteJWKSet, customFetch, type RemoteJWKSet } from "jose";
import { z } from "zod";
import type { OidcSettings } from "#lib/server/env-access.ts";
import { singleton } from "#lib/server/singleton.ts";
import { askIssuer, isSafeAddress } from "./ask-issuer.ts";
import { SignInRefusal } from "./refusal.ts";

const RETRIES = 2;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 1_000;
/** Whoever pressed the button waits for this long at most. */
const TRY_FOR_MS = 8_000;

const Endpoint = z.string().refine(isSafeAddress, "must be https, or http on this machine");

/** OpenID Connect Discovery 1.0, section 3: what we use of it. */
const Document = z.object({
  issuer: z.string(),
  authorization_endpoint: Endpoint,
  token_endpoint: Endpoint,
  userinfo_endpoint: Endpoint.optional(),
  jwks_uri: Endpoint,
  token_endpoint_auth_methods_supported: z.array(z.string()).default(["client_secret_basic"]),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
});

/** The issuer as it describes itself. */
export interface Issuer {
  document: z.infer<typeof Document>;
  keys: RemoteJWKSet;
}

interface Known {
  issuer: Issuer;
  readAtMs: number;
}

function refuse(setting: string, why: string): never {
  throw new SignInRefusal("not_verified", `OIDC_ISSUER ${setting}: ${why}`);
}

function keysAt(address: string): RemoteJWKSet {
  return createRemoteJWKSet(new URL(address), {
    [customFetch]: async (url, { signal }) => {
      const { status, body } = await askIssuer(url, { signal });
      return Response.json(body ?? null, { status });
    },
  });
}

async function readDocument(setting: string, signal: AbortSignal): Promise<Issuer["document"]> {
  if (!isSafeAddress(setting)) refuse(setting, "must be https, or http on this machine");
  const { status, body } = await askIssuer(`${setting}/.well-known/openid-configuration`, { signal });
  if (status !== 200) {
    throw new SignInRefusal(
      "issuer_unreachable",
      `OIDC_ISSUER ${setting}: its discovery answered HTTP ${status}`,
    );
  }
  const parsed = Document.safeParse(body);
  if (!parsed.success) refuse(setting, z.prettifyError(parsed.error));
  // Some issuers' names end in a slash; settings are kept without one.
  if (parsed.data.issuer.replace(/\/$/, "") !== setting)
    refuse(setting, `calls itself ${parsed.data.issuer}`);
  return parsed.data;
}

const unreachable = handleWhen(
  (error) => error instanceof SignInRefusal && error.problem === "issuer_unreachable",
);

function readPatiently(setting: string, signal: AbortSignal): Promise<Issuer["document"]> {
  const backoff = new ExponentialBackoff({ initialDelay: FIRST_PAUSE_MS, maxDelay: LONGEST_PAUSE_MS });
  const policy = retry(unreachable, { maxAttempts: RETRIES, backoff });
  const patience = AbortSignal.any([signal, AbortSignal.timeout(TRY_FOR_MS)]);
  return policy.execute(() => readDocument(setting, patience), patience);
}

/**
 * The issuer's description, read anew when ours is older than `maxAgeMs`. Read when somebody wants to sign in and not at
 * start, so that an issuer that was down is found as soon as it is up.
 * @throws SignInRefusal `issuer_unreachable` after retries, `not_verified` for a description that may not be used
 */
export async function discoverIssuer(
  { issuer: setting }: Pick<OidcSettings, "issuer">,
  maxAgeMs: number,
  signal: AbortSignal,
): Promise<Issuer> {
  const cache = singleton("oidc.issuers", () => new Map<string, Known>());
  const known = cache.get(setting);
  if (known && Date.now() - known.readAtMs < maxAgeMs) return known.issuer;
  const document = await readPatiently(setting, signal);
  const sameKeys = known?.issuer.document.jwks_uri === document.jwks_uri;
  const issuer = { document, keys: sameKeys ? known.issuer.keys : keysAt(document.jwks_uri) };
  cache.set(setting, { issuer, readAtMs: Date.now() });
  return issuer;
}
