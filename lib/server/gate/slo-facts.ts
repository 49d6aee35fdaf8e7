import "server-only";
import type { SloFact } from "#lib/domain/gate/facts.ts";
import { compareSloStatus } from "#lib/domain/slo/status/axes.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findSlosOfServices, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { findStates, type StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { proveStates, type ProvenState, type SloProof } from "./ledger-proof.ts";

/** How the budgets of a service stand, and what those figures were made of. */
export interface BudgetFacts {
  slos: SloFact[];
  proof: SloProof[];
}

function toFact(slo: SloRecord, state: StateRecord): SloFact {
  const { budget, newestSampleMs } = state.evaluated;
  // A state of an older version says nothing of what is in force; it counts as not measured yet.
  const current = state.version === slo.version;
  return {
    sloId: slo.id,
    key: slo.key ?? slo.id,
    version: slo.version,
    objective: state.objective,
    group: state.groupKey,
    status: current ? state.status : "no_data",
    evaluatedAtMs: state.evaluatedAt.getTime(),
    newestSampleMs,
    budgetRemainingRatio: budget.budgetRemainingRatio,
    budgetRemainingMinutes: budget.budgetRemainingMinutes,
    burnRate6h: budget.burnRate["6h"] ?? null,
  };
}

/** An SLO that was never evaluated: it is there, and nothing is known of it. */
function unmeasured(slo: SloRecord): SloFact {
  return {
    sloId: slo.id,
    key: slo.key ?? slo.id,
    version: slo.version,
    objective: 0,
    group: "{}",
    status: "no_data",
    evaluatedAtMs: 0,
    newestSampleMs: null,
    budgetRemainingRatio: null,
    budgetRemainingMinutes: null,
    burnRate6h: null,
  };
}

/** A service's own among the SLOs of several, the worst first, and those without a state. */
function factsOf(service: string, slos: readonly SloRecord[], states: ReadonlyMap<string, StateRecord[]>) {
  const own = slos.filter(({ definition }) => definition?.service === service);
  const proven = own
    .flatMap((slo): ProvenState[] =>
      (states.get(slo.id) ?? []).map((state) => ({ slo, state, fact: toFact(slo, state) })),
    )
    .sort((a, b) => compareSloStatus(a.fact.status, b.fact.status));
  return { proven, blind: own.filter(({ id }) => !states.has(id)).map(unmeasured) };
}

/** Budgets and their rows in the ledger, of some services in their order. */
export async function readBudgets(tx: Transaction, services: readonly string[]): Promise<BudgetFacts[]> {
  const slos = await findSlosOfServices(tx, services);
  const ids = slos.map(({ id }) => id);
  const states = Map.groupBy(await findStates(tx, ids), ({ sloId }) => sloId);
  const facts = services.map((service) => factsOf(service, slos, states));
  const proofs = await proveStates(
    tx,
    facts.map(({ proven }) => proven),
  );
  return facts.map(({ proven, blind }, nth) => ({
    slos: [...proven.map(({ fact }) => fact), ...blind],
    proof: proofs[nth] ?? [],
  }));
}
