import "server-only";
import { LRUCache } from "lru-cache";
import { singleton } from "#lib/server/singleton.ts";
import type { Actor } from "./actor.ts";
import { requireActor } from "./authenticate.ts";
import { hashToken } from "./token-secret.ts";

const MAX_BEARERS = 10_000;
/** The longest that a change of roles, limits or accounts, or a revocation by another replica, takes to hold. */
const REMEMBERED_MS = 1_000;
/** Whatever else stands there says nothing of who asks. */
const BEARER = /^Bearer\s+./i;

interface Remembered {
  actor: Promise<Actor>;
  sinceMs: number;
}

const remembered = () =>
  singleton("auth.bearer-memo", () => new LRUCache<string, Remembered>({ max: MAX_BEARERS }));

/**
 * As `requireActor`, for requests that come thousandfold: who a bearer token stands for is read from the database once a
 * second, and at once after {@link forgetBearers}. Refusals, cookies and whoever sends no token are never remembered.
 * @param headersOf the request's headers, for when they are needed
 */
export async function requireBearer(
  authorization: string | undefined,
  headersOf: () => Headers,
): Promise<Actor> {
  if (authorization === undefined || !BEARER.test(authorization)) return requireActor(headersOf());
  const key = hashToken(authorization);
  const found = remembered().get(key);
  const now = performance.now();
  if (found && now - found.sinceMs < REMEMBERED_MS) return found.actor;
  const actor = requireActor(headersOf());
  remembered().set(key, { actor, sinceMs: now });
  actor.catch(() => remembered().delete(key));
  return actor;
}

/** Has the next request of every token read anew who it stands for. */
export function forgetBearers(): void {
  remembered().clear();
}
