import "server-only";
import type { Role } from "#lib/contracts/access.ts";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { covers } from "#lib/domain/access/permissions.ts";
import { read } from "#lib/server/db/client.ts";
import { KnownRoles } from "#lib/server/db/person.repo.ts";
import { pingDatabase } from "#lib/server/db/ping.ts";
import { findRoleLimits } from "#lib/server/db/role-limit.repo.ts";
import {
  findTokenByHash,
  findTokensById,
  isTouchDue,
  type TokenRecord,
  touchTokens,
} from "#lib/server/db/token.repo.ts";
import { settings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { limit } from "#lib/server/rate-limit/limit.ts";
import { type Actor, ANONYMOUS_VIEWER } from "./actor.ts";
import { auth } from "./auth.ts";
import { hashToken, TOKEN_FORM } from "./token-secret.ts";

/** The limits of every role somebody holds apply together: the strictest reading, never the widest. */
async function confinementOf(roles: readonly Role[]): Promise<LabelMatcher[]> {
  return matchersOf(await read((tx) => findRoleLimits(tx)), roles);
}

function matchersOf(
  limits: Awaited<ReturnType<typeof findRoleLimits>>,
  roles: readonly Role[],
): LabelMatcher[] {
  return limits.filter(({ role }) => roles.includes(role)).flatMap(({ matchers }) => matchers);
}

const BAD_TOKEN = "the token is not valid: unknown, expired or revoked";

/** Refuses a token; who sends bad ones all the time is told to wait. */
async function refuseToken(headers: Headers, detail: string): Promise<never> {
  await limit("token", headers.get("x-forwarded-for"));
  throw new AppError("unauthenticated", detail);
}

function isSpent({ expiresAt, revokedAt, owner }: TokenRecord, now: Date): boolean {
  return (expiresAt !== null && expiresAt <= now) || revokedAt !== null || owner.disabledAt !== null;
}

function actorFrom(token: TokenRecord, confinement: readonly LabelMatcher[]): Actor {
  return {
    kind: "token",
    id: token.owner.id,
    tokenId: token.id,
    roles: [token.role],
    scopes: token.scopes,
    confinement: [...confinement, ...token.matchers],
  };
}

async function actorOfToken(secret: string, headers: Headers, now: Date): Promise<Actor> {
  const token = TOKEN_FORM.test(secret) ? await read((tx) => findTokenByHash(tx, hashToken(secret))) : null;
  if (!token || isSpent(token, now)) return refuseToken(headers, BAD_TOKEN);
  const held = KnownRoles.parse(token.owner.roles);
  if (!covers(held, token.role)) {
    return refuseToken(headers, "the token's owner no longer holds the role it was made for");
  }
  if (isTouchDue(token, now)) await read((tx) => touchTokens(tx, [token.id], now));
  return actorFrom(token, await confinementOf([...held, token.role]));
}

/** Who many tokens stand for, by token id, in two reads; those that are good for nothing any more are left out. */
export async function actorsOfTokens(ids: readonly string[]): Promise<Map<string, Actor>> {
  const now = new Date();
  const [tokens, limits] = await read((tx) => Promise.all([findTokensById(tx, ids), findRoleLimits(tx)]));
  const good = tokens.flatMap((token) => {
    const held = KnownRoles.parse(token.owner.roles);
    return isSpent(token, now) || !covers(held, token.role) ? [] : [{ token, roles: [...held, token.role] }];
  });
  const due = good.filter(({ token }) => isTouchDue(token, now)).map(({ token }) => token.id);
  if (due.length > 0) await read((tx) => touchTokens(tx, due, now));
  return new Map(good.map(({ token, roles }) => [token.id, actorFrom(token, matchersOf(limits, roles))]));
}

async function sessionOf(headers: Headers) {
  try {
    return await auth().api.getSession({ headers, query: { disableCookieCache: true } });
  } catch (error) {
    // The library does not say why it failed; a database out of reach does so itself.
    await pingDatabase();
    throw error;
  }
}

async function actorOfSession(headers: Headers): Promise<Actor | null> {
  if (!headers.get("cookie")?.includes("burnline.")) return null;
  const found = await sessionOf(headers);
  if (!found || found.user.disabledAt) return null;
  const { user } = found;
  const roles = KnownRoles.parse(user.roles);
  return {
    kind: "person",
    id: user.id,
    roles,
    scopes: "all",
    mustChangePassword: user.mustChangePassword ?? false,
    confinement: await confinementOf(roles),
  };
}

/**
 * Who sends these headers: the bearer of a token, the person of a session cookie, or the anonymous viewer
 * where the settings allow one. A bad token is refused even beside a good cookie. Roles and limits are
 * read anew each time, so that a change takes hold with the next request.
 * @returns null for nobody we know
 * @throws `unauthenticated` for a bad token (`rate_limited` for many from one address), `unavailable` when the database is out of reach
 */
export async function authenticate(headers: Headers): Promise<Actor | null> {
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (bearer !== undefined) return actorOfToken(bearer.trim(), headers, new Date());
  const person = await actorOfSession(headers);
  return person ?? (settings().access.anonymousViewer ? ANONYMOUS_VIEWER : null);
}

/** As {@link authenticate}. @throws `unauthenticated` for nobody we know */
export async function requireActor(headers: Headers): Promise<Actor> {
  const actor = await authenticate(headers);
  if (!actor)
    throw new AppError("unauthenticated", "sign in, or send an API token as Authorization: Bearer bl_…");
  return actor;
}
