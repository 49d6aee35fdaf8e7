import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import { ListSlos, type SloEntry } from "#lib/contracts/slos.ts";
import { compareSloStatus } from "#lib/domain/slo/status/axes.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, type Transaction } from "#lib/server/db/client.ts";
import { findMeasures } from "#lib/server/db/measure.repo.ts";
import { findSlos } from "#lib/server/db/slo.repo.ts";
import { findStates, type StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { toSloEntry } from "./entry.ts";
import { measuredStates } from "./measured-states.ts";
import { shownDefinition, sloFilter } from "./visibility.ts";

/** Everything that entries are made of, in three reads whatever their number. */
export async function readAll(tx: Transaction) {
  const slos = await findSlos(tx);
  const states = Map.groupBy(await findStates(tx), ({ sloId }) => sloId);
  const ids = slos.flatMap(({ measureId }) => measureId ?? []);
  const measures = new Map((await findMeasures(tx, [...new Set(ids)])).map((one) => [one.id, one]));
  return { slos, states, measures };
}

function wanted({ q, service, node, owner, tier, status }: ListSlos): (entry: SloEntry) => boolean {
  const words = q?.toLowerCase();
  return (entry) =>
    (words === undefined || `${entry.key} ${entry.description}`.toLowerCase().includes(words)) &&
    (service === undefined || entry.service === service) &&
    (node === undefined || entry.node === node) &&
    (owner === undefined || entry.owner === owner) &&
    (tier === undefined || entry.tier === tier) &&
    (status === undefined || entry.status === status);
}

function byWorst(a: SloEntry, b: SloEntry): number {
  const left = ({ worst }: SloEntry) => worst?.budgetRemainingRatio ?? Infinity;
  return compareSloStatus(a.status, b.status) || left(a) - left(b) || a.key.localeCompare(b.key);
}

/** All SLOs that the actor may see with their budgets, worst first. */
export async function listSlos(actor: Actor, input: unknown): Promise<Measured<{ slos: SloEntry[] }>> {
  authorize(actor, "slos:read");
  const filter = parseInput(ListSlos, input);
  const { slos, states, measures } = await read(readAll);
  const isVisible = await sloFilter(actor);
  const nowMs = Date.now();
  const shown: StateRecord[] = [];
  const entries = slos
    .filter((slo) => isVisible(shownDefinition(slo)))
    .map((slo) => {
      const own = states.get(slo.id) ?? [];
      shown.push(...own);
      const measure = slo.measureId === null ? undefined : measures.get(slo.measureId);
      return toSloEntry(slo, { states: own, measure, nowMs });
    });
  return measuredStates({ slos: entries.filter(wanted(filter)).sort(byWorst) }, shown, nowMs);
}
