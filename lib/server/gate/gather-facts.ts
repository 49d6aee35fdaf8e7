import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { EvaluateGate } from "#lib/contracts/gate.ts";
import type { GateFacts } from "#lib/domain/gate/facts.ts";
import type { GatePolicy } from "#lib/domain/gate/policy.ts";
import type { RiskInputs } from "#lib/domain/gate/risk.ts";
import { localTimeAt } from "#lib/domain/slo/time/zone.ts";
import { read } from "#lib/server/db/client.ts";
import type { SloProof } from "./ledger-proof.ts";
import { proveLane } from "./prove-lane.ts";
import { readServiceFacts, type ServiceFacts } from "./service-facts.ts";
import { errorsOf } from "./signals.ts";

/** What a decision is made of, and what its figures were made of. */
export interface Gathered {
  facts: GateFacts;
  proof: SloProof[];
}

function riskInputs(
  { change }: Pick<EvaluateGate, "change">,
  tier: string | null,
  { nowMs, releases }: Pick<ServiceFacts, "nowMs" | "releases">,
  policy: GatePolicy,
): RiskInputs {
  const local = localTimeAt(nowMs, policy.risk.weights.attendedHours.zone);
  const weekday = new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay();
  return {
    linesChanged: change.linesChanged ?? null,
    migration: change.migration ?? null,
    rollbackReady: change.rollbackReady ?? null,
    dependents: change.dependents ?? null,
    tier,
    releases,
    localTime: { weekday, hour: local.hour },
  };
}

/**
 * Reads everything a decision about a service needs: budgets and their rows, alerts, incidents, freezes and spending
 * from the database, its errors from the sources. What the sources do not answer is null, and then approves nothing.
 * @throws `unavailable` when the database is out of reach
 */
export async function gatherFacts(
  service: Pick<CatalogueService, "name" | "tier">,
  request: Pick<EvaluateGate, "change" | "declaredRisk" | "lane" | "version">,
  policy: GatePolicy,
  { bridging, rejectedAtMs }: { bridging: boolean; rejectedAtMs: number | null },
): Promise<Gathered> {
  const { name, tier } = service;
  const signal = await errorsOf(name, { bridging });
  const claimed = { service: name, version: request.version ?? null };
  const [{ proof, releases, ...known }, lane] = await Promise.all([
    readServiceFacts(service),
    read((tx) => proveLane(tx, request.lane ?? null, claimed)),
  ]);
  const facts: GateFacts = {
    service: name,
    tier,
    ...known,
    ...signal,
    risk: riskInputs(request, tier, { nowMs: known.nowMs, releases }, policy),
    declaredRisk: request.declaredRisk ?? null,
    lane,
    rejectedAtMs,
  };
  return { facts, proof };
}
