import "server-only";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { findOverdue, leaseApproved, type RunRecord } from "#lib/server/db/action-run.repo.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { type Outbound, outbound } from "#lib/server/outbound/fetch.ts";
import { callReceiver, mayHaveRun } from "./call.ts";
import { checkConditions, whyNotNow } from "./conditions.ts";
import { actionInForce } from "./in-force.ts";
import { type By, takeStep } from "./record.ts";

/** Longer than looking at the conditions takes at most. */
const LOOK_LEASE_MS = 60_000;
/** So much longer than its timeout a call is held: keeping what came of it takes a moment. */
const KEEP_MS = 30_000;

const byBurnline = ({ id }: RunRecord): By => ({
  actor: SYSTEM_ACTOR,
  caller: { requestId: id, address: null },
});

async function refuse(run: RunRecord, lease: Date, result: Partial<RunRecord["result"]>): Promise<void> {
  const change = { endedAt: new Date(), leasedUntil: null, result };
  await transaction((tx) => takeStep(tx, run, "refuse", change, byBurnline(run), lease));
}

/** The call itself: kept as begun before the first byte leaves, so that a crash can only leave it unknown. */
async function call(run: RunRecord, action: GuardedAction, lease: Date, way: Outbound): Promise<void> {
  const now = new Date();
  const until = new Date(now.getTime() + action.timeoutSeconds * 1000 + KEEP_MS);
  const calling = await transaction((tx) =>
    takeStep(tx, run, "call", { leasedUntil: until, result: { detail: null } }, byBurnline(run), lease),
  );
  if (!calling) return;
  const { step, ...result } = await callReceiver(action, calling, { way, now });
  const change = { endedAt: new Date(), leasedUntil: null, result };
  await transaction((tx) => takeStep(tx, calling, step, change, byBurnline(run), until));
}

/**
 * Calls for the next run that was let go, if there is one: leased first, its conditions looked at once more, never called
 * a second time. @returns whether there was one
 */
export async function callNext(signal: AbortSignal, way: Outbound = outbound()): Promise<boolean> {
  const now = new Date();
  const lease = new Date(now.getTime() + LOOK_LEASE_MS);
  const run = await transaction((tx) => leaseApproved(tx, { now, until: lease }));
  if (!run) return false;
  const found = await read((tx) => actionInForce(tx, run));
  if ("why" in found) {
    await refuse(run, lease, { detail: found.why });
    return true;
  }
  const conditions = await checkConditions({ actor: SYSTEM_ACTOR, signal }, found.action.conditions, run);
  const why = whyNotNow(conditions);
  const looked = { ...run, result: { ...run.result, conditions } };
  if (why !== null) await refuse(looked, lease, { detail: why });
  else await call(looked, found.action, lease, way);
  return true;
}

const WHY_EXPIRED = {
  awaiting_approval: "nobody agreed within 30 minutes",
  approved: "nobody was there to call within two minutes",
} as const;

function whyOver({ id, state }: RunRecord): string {
  if (state === "calling") return `whoever called is gone; ${mayHaveRun(id)}`;
  return state === "approved" ? WHY_EXPIRED.approved : WHY_EXPIRED.awaiting_approval;
}

/** Ends runs that time has ended: asks that nobody agreed to, and calls whose process died. */
export async function endOverdue(now: Date): Promise<void> {
  for (const { run, step } of await read((tx) => findOverdue(tx, now))) {
    const change = { endedAt: now, leasedUntil: null, result: { detail: whyOver(run) } };
    await transaction((tx) => takeStep(tx, run, step, change, byBurnline(run), run.leasedUntil ?? undefined));
  }
}
