import "server-only";
import { type Flip, type Replay, ReplayPolicy } from "#lib/contracts/gate-policies.ts";
import { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { type Decision, DECISIONS, strictest } from "#lib/domain/gate/decision.ts";
import type { GatePolicy } from "#lib/domain/gate/policy.ts";
import { type Course, follow, type PastRelease, ratesOf, replay } from "#lib/domain/gate/replay.ts";
import { type Risk, RISKS } from "#lib/domain/gate/risk.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import {
  findEvaluations,
  findPastReleases,
  findStatusHours,
  type LoggedEvaluation,
  type StatusHours,
} from "#lib/server/db/replay.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { gatePolicyInForce } from "#lib/server/gate/policy-in-force.ts";
import type { Caller } from "#lib/server/handle.ts";
import { visibleServices } from "#lib/server/services/decisions/visibility.ts";

const BATCH = 200;
const MOST_MS = 20_000;
const MOST_FLIPS_SHOWN = 200;
const HISTORY_DAYS = 30;
const AFTER_ALL = 2_147_483_647;

const UNTOUCHED: Course = { departedOn: null, heldBack: false };

/** What is known so far. */
interface Tally {
  evaluated: number;
  since: number | null;
  flips: number;
  flipped: Flip[];
  moves: Map<string, Replay["moves"][number]>;
  courses: Map<string, { release: PastRelease; recorded: Course; candidate: Course }>;
}

function toFlip(past: LoggedEvaluation, { from, to, was, would }: ReturnType<typeof replay>): Flip {
  const { seq, recordId, service, releaseId, atMs } = past;
  return { seq, recordId, service, releaseId, at: new Date(atMs).toISOString(), from, to, was, would };
}

function add(
  tally: Tally,
  past: LoggedEvaluation,
  policy: GatePolicy,
  release: PastRelease | undefined,
): void {
  const again = replay(past, policy);
  const { from, to } = again;
  tally.evaluated++;
  tally.since = past.atMs;
  if (from !== to) {
    tally.flips++;
    if (tally.flipped.length < MOST_FLIPS_SHOWN) tally.flipped.push(toFlip(past, again));
    const key = `${from} ${to}`;
    tally.moves.set(key, { from, to, count: (tally.moves.get(key)?.count ?? 0) + 1 });
  }
  if (past.releaseId === null || !release) return;
  const known = tally.courses.get(past.releaseId);
  tally.courses.set(past.releaseId, {
    release,
    recorded: follow(known?.recorded ?? UNTOUCHED, from, past.atMs, release),
    candidate: follow(known?.candidate ?? UNTOUCHED, to, past.atMs, release),
  });
}

/** Walks the log from its end for as long as there is time. @returns whether all of it was seen */
async function walk(
  tally: Tally,
  {
    policy,
    services,
    signal,
  }: { policy: GatePolicy; services: readonly string[] | null; signal: AbortSignal },
): Promise<boolean> {
  const untilMs = Date.now() + MOST_MS;
  for (let beforeSeq = AFTER_ALL; ;) {
    signal.throwIfAborted();
    if (Date.now() > untilMs) return false;
    const batch = await read((tx) => findEvaluations(tx, { services, beforeSeq, take: BATCH }));
    const ids = [...new Set(batch.flatMap(({ releaseId }) => releaseId ?? []))];
    const releases = await read((tx) => findPastReleases(tx, ids));
    for (const past of batch) add(tally, past, policy, releases.get(past.releaseId ?? ""));
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return true;
    beforeSeq = last.seq;
  }
}

function hoursOf(policy: GatePolicy, risk: Risk, all: readonly StatusHours[]): Record<Decision, number> {
  const count = { block: 0, defer: 0, review: 0, approve: 0 } satisfies Record<Decision, number>;
  for (const { statuses, hours } of all)
    count[strictest(statuses.map((status) => policy.matrix[status][risk]))] += hours;
  return count;
}

const byStrictness = (a: Replay["moves"][number], b: Replay["moves"][number]) =>
  DECISIONS.indexOf(a.from) - DECISIONS.indexOf(b.from) || DECISIONS.indexOf(a.to) - DECISIONS.indexOf(b.to);

/**
 * What a policy would have decided on every recorded evaluation that the actor may see, on the facts recorded with it,
 * and how often it and what was recorded were wrong. Ends after 20 s, and at once when the asker leaves.
 * @throws `invalid` naming the path in the document
 */
export async function replayPolicy(actor: Actor, input: unknown, { signal }: Caller): Promise<Replay> {
  authorize(actor, "gate-policy:write");
  const { document } = parseInput(ReplayPolicy, input);
  const policy = parseInput(GatePolicyDocument, document, "document") as GatePolicy;
  const services = await visibleServices(actor);
  const tally: Tally = {
    evaluated: 0,
    since: null,
    flips: 0,
    flipped: [],
    moves: new Map(),
    courses: new Map(),
  };
  const complete = await walk(tally, { policy, services, signal });
  const since = new Date(Date.now() - HISTORY_DAYS * 86_400_000);
  const [inForce, hours] = await Promise.all([
    read(gatePolicyInForce),
    read((tx) => findStatusHours(tx, { services, since })),
  ]);
  const courses = [...tally.courses.values()];
  return {
    evaluated: tally.evaluated,
    complete,
    since: tally.since === null ? null : new Date(tally.since).toISOString(),
    flips: tally.flips,
    flipped: tally.flipped,
    moves: [...tally.moves.values()].sort(byStrictness),
    releases: courses.length,
    recorded: ratesOf(courses.map(({ release, recorded }) => ({ release, course: recorded }))),
    candidate: ratesOf(courses.map(({ release, candidate }) => ({ release, course: candidate }))),
    history: RISKS.map((risk) => ({
      risk,
      inForce: hoursOf(inForce.policy, risk, hours),
      candidate: hoursOf(policy, risk, hours),
    })),
  };
}
