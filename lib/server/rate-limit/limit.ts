import "server-only";
import { LRUCache } from "lru-cache";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { AppError } from "#lib/server/errors.ts";
import { singleton } from "#lib/server/singleton.ts";
import { networkKey } from "./network-key.ts";

interface Window {
  attempts: number;
  seconds: number;
}

/** What is counted: everything from an address, one account from one address, one account from anywhere. */
type Scope = "address" | "pair" | "account";
const SCOPES: readonly Scope[] = ["address", "pair", "account"];

const MINUTE_S = 60;

/**
 * The windows are short, so that a mistake costs minutes. From one address an account is out of reach long
 * before the account's own window is full, and that window never counts for addresses it knows.
 */
const RULES = {
  signIn: {
    address: { attempts: 40, seconds: 5 * MINUTE_S },
    pair: { attempts: 8, seconds: 5 * MINUTE_S },
    account: { attempts: 40, seconds: 15 * MINUTE_S },
  },
  secondFactor: {
    address: { attempts: 20, seconds: 5 * MINUTE_S },
    pair: { attempts: 8, seconds: 5 * MINUTE_S },
  },
  setUp: { address: { attempts: 10, seconds: 5 * MINUTE_S } },
  /** Bearer tokens that were refused. */
  token: { address: { attempts: 60, seconds: MINUTE_S } },
  webhook: { address: { attempts: 600, seconds: MINUTE_S } },
  /** A Grafana asks for all its people with one token; how many run at once is bounded elsewhere. */
  rawQuery: {
    address: { attempts: 12_000, seconds: MINUTE_S },
    account: { attempts: 6_000, seconds: MINUTE_S },
  },
  /** Somebody who types makes one every second at most. */
  sloPreview: { account: { attempts: 60, seconds: MINUTE_S } },
} as const satisfies Record<string, Partial<Record<Scope, Window>>>;
export type LimitKind = keyof typeof RULES;

const KNOWN_PAIRS = 10_000;
const KNOWN_FOR_MS = 30 * 86_400_000;

interface Counters {
  limiters: Map<string, RateLimiterMemory>;
  /** Accounts and the addresses they came from with the right password. */
  knownPairs: LRUCache<string, true>;
}

function counters(): Counters {
  return singleton("rate-limits", () => ({
    limiters: new Map(),
    knownPairs: new LRUCache<string, true>({ max: KNOWN_PAIRS, ttl: KNOWN_FOR_MS }),
  }));
}

function limiterOf(name: string, { attempts, seconds }: Window): RateLimiterMemory {
  const { limiters } = counters();
  const existing = limiters.get(name);
  if (existing) return existing;
  const created = new RateLimiterMemory({ keyPrefix: name, points: attempts, duration: seconds });
  limiters.set(name, created);
  return created;
}

/** By its shape: the listener and the pages share the counters, but hold copies of this class of their own. */
function isRefusal(thrown: unknown): thrown is RateLimiterRes {
  return typeof thrown === "object" && thrown !== null && "msBeforeNext" in thrown;
}

interface Counted {
  scope: Scope;
  limiter: RateLimiterMemory;
  key: string;
}

const pairKey = (kind: LimitKind, network: string, account: string) =>
  JSON.stringify([kind, network, account]);

/** The counters an attempt falls under, the narrowest last but one: what it refuses never fills the widest. */
function countersOf(kind: LimitKind, address: string | null, account: string | undefined): Counted[] {
  const rule: Partial<Record<Scope, Window>> = RULES[kind];
  const network = networkKey(address);
  return SCOPES.flatMap((scope) => {
    const window = rule[scope];
    if (!window || (scope !== "address" && account === undefined)) return [];
    const pair = pairKey(kind, network, account ?? "");
    const key = { address: network, pair, account: account ?? "" }[scope];
    return [{ scope, limiter: limiterOf(`${kind}.${scope}`, window), key }];
  });
}

/**
 * Counts an attempt before it is made. Counted in this process alone: with several replicas the limits are as
 * many times wider.
 * @param address the client's, as the listener vouches for it; IPv6 counts by /64
 * @param account what is being tried: an e-mail, a person's or a token's id
 * @throws `rate_limited` with the seconds to wait
 */
export async function limit(kind: LimitKind, address: string | null, account?: string): Promise<void> {
  const known =
    account !== undefined && counters().knownPairs.has(pairKey(kind, networkKey(address), account));
  for (const { scope, limiter, key } of countersOf(kind, address, account)) {
    if (scope === "account" && known) continue;
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (!isRefusal(refused)) throw refused;
      const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw new AppError("rate_limited", `too many attempts; try again in ${writeSeconds(seconds)}`, {
        retryAfterSeconds: seconds,
      });
    }
  }
}

/**
 * Takes a counted attempt back because it was the right one. From then on nobody else's attempts keep this
 * account from this address.
 */
export async function forgive(kind: LimitKind, address: string | null, account: string): Promise<void> {
  counters().knownPairs.set(pairKey(kind, networkKey(address), account), true);
  for (const { scope, limiter, key } of countersOf(kind, address, account)) {
    if (scope === "pair") await limiter.delete(key);
    if (scope === "address") await limiter.reward(key);
  }
}
