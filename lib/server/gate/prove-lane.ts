import "server-only";
import type { LaneRequest } from "#lib/contracts/gate.ts";
import type { LaneClaim } from "#lib/domain/gate/facts.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findIncident } from "#lib/server/db/incident.repo.ts";
import { findWentOut, type ReleaseRecord } from "#lib/server/db/release.repo.ts";
import { outcomesOf } from "./outcomes-of.ts";

/** "CVE-2026-12345", "GHSA-…", or where the advisory can be read. */
const ADVISORY = /^(CVE-\d{4}-\d{4,}|GHSA(-[0-9a-z]{4}){3}|https?:\/\/\S+)$/i;

/** As far back as somebody would go. */
const REMEMBERED = 50;

interface Claimed {
  service: string;
  version: string | null;
}

async function proveFix(
  tx: Transaction,
  id: string,
  { service }: Claimed,
): Promise<LaneClaim["refusedBecause"]> {
  const incident = await findIncident(tx, id);
  // In the same words: whoever asks may not be one who sees the incidents of other services.
  if (incident?.service !== service) return `there is no incident ${id} about ${service}`;
  if (incident.severity !== "P1") return `${id} is ${incident.severity}, not P1`;
  return incident.phase === "LEARN" ? `${id} is over` : null;
}

/** The newest version that stayed and did not burn, other than the one that went out last. */
function lastGoodVersion(wentOut: readonly ReleaseRecord[]): string | null {
  const bad = new Set(
    wentOut
      .filter((one) => one.state !== "deployed" || outcomesOf(one).some(({ burned }) => burned === true))
      .map(({ version }) => version),
  );
  const [newest] = wentOut;
  const good = wentOut.find(({ version }) => !bad.has(version) && version !== newest?.version);
  return good?.version ?? null;
}

async function proveRollback(
  tx: Transaction,
  { service, version }: Claimed,
): Promise<LaneClaim["refusedBecause"]> {
  if (version === null) return "it names no version";
  const good = lastGoodVersion(await findWentOut(tx, service, REMEMBERED));
  if (good === null) return `no version of ${service} is known to have run well`;
  return version === good ? null : `the last good version is ${good}, not ${version}`;
}

/** Holds what was claimed of a change against what is known: a lane is a class of change, not a password. */
export async function proveLane(
  tx: Transaction,
  claim: LaneRequest | null,
  claimed: Claimed,
): Promise<LaneClaim | null> {
  switch (claim?.kind) {
    case undefined:
      return null;
    case "security": {
      const refusedBecause = ADVISORY.test(claim.advisory)
        ? null
        : "the advisory is neither a CVE, a GHSA nor an address";
      return { lane: "security", evidence: claim.advisory, refusedBecause };
    }
    case "p1_fix":
      return {
        lane: "p1_fix",
        evidence: claim.incident,
        refusedBecause: await proveFix(tx, claim.incident, claimed),
      };
    case "rollback":
      return {
        lane: "rollback",
        evidence: claimed.version ?? "no version",
        refusedBecause: await proveRollback(tx, claimed),
      };
  }
}
