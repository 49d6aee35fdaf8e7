import "server-only";
import type { ReleaseNotification } from "#lib/domain/notifications/event.ts";
import { findGateFactsAfter, type GateFact } from "#lib/server/db/gate-fact.repo.ts";
import { findRelease } from "#lib/server/db/release.repo.ts";
import type { Fact, NewsSource } from "./news.ts";

interface DecisionFact extends Fact {
  fact: GateFact;
  event: ReleaseNotification | null;
}

/** What people are told of a record of the gate; null for most. */
export function releaseNewsOf({
  kind,
  state,
  was,
}: Pick<GateFact, "kind" | "state" | "was">): ReleaseNotification | null {
  switch (kind) {
    case "evaluation":
      return state === "waiting" && was !== "waiting" ? "release_waiting" : null;
    case "revocation":
      return state === "deploying" ? "release_halted" : "release_revoked";
    case "deploy_uncleared":
      return "release_uncleared";
    default:
      return null;
  }
}

function toFact(fact: GateFact): DecisionFact {
  const event = releaseNewsOf(fact);
  return { seq: BigInt(fact.seq), at: fact.at, of: event && (fact.releaseId ?? fact.service), fact, event };
}

/** What the gate decides of releases, and what goes out in spite of it, from the log of decisions. */
export const gateNews: NewsSource<DecisionFact> = {
  reader: "gate notifications",
  prefix: "gate-",
  factsAfter: async (tx, after, take) => (await findGateFactsAfter(tx, Number(after), take)).map(toFact),
  newsOf: async (tx, { fact, event }) => {
    const { service, actorId, releaseId, because, version } = fact;
    if (event === null || (releaseId !== null && !(await findRelease(tx, releaseId)))) return null;
    return {
      ...{ event, text: because ?? "", actorId, incidentId: null, releaseId, severity: null, service },
      ...(releaseId === null && version !== null ? { version: { service, version } } : {}),
      channelIds: [],
    };
  },
};
