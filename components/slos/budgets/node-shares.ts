import type { Spend } from "#lib/contracts/slo-budgets.ts";
import type { SloEntry } from "#lib/contracts/slos.ts";
import { COUNTING_OF_SLI } from "#lib/domain/slo/definition/sli.ts";

/** What one node has to do with the budget of a service that runs on it. */
export interface NodeShare {
  slo: SloEntry;
  /** Of the SLO's whole budget; null while it is not known. */
  budgetConsumedRatio: number | null;
  /** Of the newest 6 hours, on this node alone. */
  burnRate: number | null;
  /** Why there is no figure; null where there is one. */
  missing: string | null;
}

/** The SLO that speaks for each service where its budget is split by node: the worst of those that count events. */
export function splitSlos(slos: readonly SloEntry[], services: ReadonlySet<string>): SloEntry[] {
  const chosen = new Map<string, SloEntry>();
  for (const slo of slos) {
    const { service, sli, worst } = slo;
    if (service === null || !worst || !services.has(service) || chosen.has(service)) continue;
    if (COUNTING_OF_SLI[sli] === "events") chosen.set(service, slo);
  }
  return [...chosen.values()];
}

/** The part of a split that is a node's. */
export function shareOf(node: string, slo: SloEntry, spend: Spend | undefined): NodeShare {
  const part = spend?.parts.find(({ name }) => name === node);
  if (part) {
    return { slo, budgetConsumedRatio: part.budgetConsumedRatio, burnRate: part.burnRate, missing: null };
  }
  const silent = spend ? `Nothing was spent on ${node}, or its metrics do not name it` : "Still being read";
  return { slo, budgetConsumedRatio: null, burnRate: null, missing: spend?.unsplittableReason ?? silent };
}
