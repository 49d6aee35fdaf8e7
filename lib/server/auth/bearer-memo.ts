import "server-only";
import { LRUCache } from "lru-cache";
import { singleton } from "#lib/server/singleton.ts";
import type { Actor } from "./actor.ts";
import { actorsOfTokens, requireActor } from "./authenticate.ts";
import { hashToken } from "./token-secret.ts";

const MAX_BEARERS = 1_000;
/** The longest that a change of roles, limits or accounts, or a revocation by another replica, takes to hold. */
const KNOWN_MS = 1_000;
/** Who has not asked for so long is looked up alone when he comes again. */
const IDLE_MS = 30_000;
/** Whatever else stands there says nothing of who asks. */
const BEARER = /^Bearer\s+./i;

interface Known {
  actor: Actor;
  readAtMs: number;
  usedAtMs: number;
}

interface Memo {
  /** By the hash of the whole header. */
  known: LRUCache<string, Known>;
  rereading: Promise<void> | null;
  /** Counts what was forgotten: an older read is not to be believed. */
  era: number;
}

const memo = () =>
  singleton<Memo>("auth.bearer-memo", () => ({
    known: new LRUCache({ max: MAX_BEARERS }),
    rereading: null,
    era: 0,
  }));

/**
 * As `requireActor`, for requests that come thousandfold: who bearer tokens stand for is read from the database once a
 * second for all who ask, and at once after {@link forgetBearers}. Refusals, cookies and whoever sends no token are never
 * remembered.
 * @param headersOf the request's headers, for when they are needed
 */
export async function requireBearer(
  authorization: string | undefined,
  headersOf: () => Headers,
): Promise<Actor> {
  if (authorization === undefined || !BEARER.test(authorization)) return requireActor(headersOf());
  const key = bearerKey(authorization);
  const actor = actorAtHand(key) ?? (memo().known.has(key) ? await reread(key) : null);
  return actor ?? lookUp(key, headersOf());
}

/** Has the next request of every token read anew who it stands for. */
export function forgetBearers(): void {
  memo().known.clear();
  memo().era += 1;
}

/** What is remembered of a whole `Authorization` header, which itself is not. */
export function bearerKey(authorization: string): string {
  return hashToken(authorization);
}

/** Who a bearer stands for as far as it was read within the last second; each reading is an object of its own. */
export function actorAtHand(key: string): Actor | null {
  const found = memo().known.get(key);
  const now = performance.now();
  if (!found || now - found.readAtMs >= KNOWN_MS) return null;
  found.usedAtMs = now;
  return found.actor;
}

async function lookUp(key: string, headers: Headers): Promise<Actor> {
  const { known, era } = memo();
  const readAtMs = performance.now();
  const actor = await requireActor(headers);
  if (memo().era === era) known.set(key, { actor, readAtMs, usedAtMs: readAtMs });
  return actor;
}

/** The actor after all tokens in use were read again; null for one that is good for nothing any more. */
async function reread(key: string): Promise<Actor | null> {
  const held = memo();
  held.rereading ??= rereadAll().finally(() => (held.rereading = null));
  await held.rereading;
  return actorAtHand(key);
}

async function rereadAll(): Promise<void> {
  const { known, era } = memo();
  const readAtMs = performance.now();
  for (const [key, { usedAtMs }] of known.entries()) if (readAtMs - usedAtMs > IDLE_MS) known.delete(key);
  const before = [...known.entries()];
  const actors = await actorsOfTokens(before.map(([, { actor }]) => actor.tokenId ?? ""));
  if (memo().era !== era) return;
  for (const [key, { actor, usedAtMs }] of before) {
    const now = actors.get(actor.tokenId ?? "");
    if (now) known.set(key, { actor: now, readAtMs, usedAtMs });
    else known.delete(key);
  }
}
