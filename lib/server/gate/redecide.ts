import "server-only";
import { settle } from "#lib/domain/gate/course.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import {
  changeRelease,
  findRelease,
  lockRelease,
  OPEN_STATES,
  postponeRelease,
  type ReleaseRecord,
} from "#lib/server/db/release.repo.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { leaseMs, make, type Made, settleRelease, standingOf, type StoredRequest } from "./decide-release.ts";
import { gatherFacts } from "./gather-facts.ts";
import { readGatePolicy } from "./policy-in-force.ts";

/**
 * Decides anew on an open release, without writing anything down. A watch over what stands is `bridging` hiccups of the
 * source; whoever is about to begin is not. @throws `unavailable`
 */
export async function remake(release: ReleaseRecord, how: { bridging: boolean }): Promise<Made> {
  const { service, version, commit } = release;
  const stored = release.request as unknown as StoredRequest;
  const policy = await readGatePolicy();
  const found = (await readCatalogue()).find(({ name }) => name === service);
  const request = {
    change: stored.change,
    declaredRisk: stored.declaredRisk ?? undefined,
    lane: stored.lane ?? undefined,
    version,
    commit,
  };
  const gathered = await gatherFacts(found ?? { name: service, tier: null }, request, policy.policy, {
    ...how,
    rejectedAtMs: stored.rejectedAtMs ?? null,
  });
  return make(gathered, policy, request);
}

function isNews(release: ReleaseRecord, { verdict, gathered, policy }: Made): boolean {
  const { nowMs, tier } = gathered.facts;
  const how = { nowMs, leaseMs: leaseMs(policy, tier), because: "" };
  return (
    verdict.decision !== release.decision || settle(standingOf(release), verdict.decision, how).event !== null
  );
}

const hasExpired = ({ state, expiresAt }: ReleaseRecord, nowMs: number): boolean =>
  expiresAt !== null &&
  expiresAt.getTime() <= nowMs &&
  (state === "waiting" || state === "deferred" || state === "blocked");

/**
 * Asks the gate about an open release once more: news is written down and takes effect, what is as it was is only
 * looked at again later. One that nobody decided in time ends.
 * @returns the release as it stands then; null when it is gone or over
 */
export async function redecide(id: string, actorId: string): Promise<ReleaseRecord | null> {
  const known = await read((tx) => findRelease(tx, id));
  if (!known || !OPEN_STATES.includes(known.state)) return null;
  const made = await remake(known, { bridging: true });
  const { nowMs } = made.gathered.facts;
  return transaction(async (tx) => {
    const release = await lockRelease(tx, id);
    if (!release || !OPEN_STATES.includes(release.state)) return null;
    if (hasExpired(release, nowMs)) {
      const body = { state: release.state, because: "nobody decided in time", commit: release.commit };
      const at = new Date(nowMs);
      const whose = { service: release.service, releaseId: id, actorId };
      await appendDecision(tx, { ...whose, kind: "expiry", decision: release.decision, at, body });
      return changeRelease(tx, id, { state: "expired", askAgainAt: null });
    }
    if (isNews(release, made)) return (await settleRelease(tx, release, made, actorId)).release;
    const { tier } = made.gathered.facts;
    const how = { nowMs, leaseMs: leaseMs(made.policy, tier), because: "" };
    const { askAgainAtMs } = settle(standingOf(release), made.verdict.decision, how);
    await postponeRelease(tx, id, new Date(askAgainAtMs));
    return release;
  });
}
