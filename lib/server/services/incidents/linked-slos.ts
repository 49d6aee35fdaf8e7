import "server-only";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import type { OccurrenceRecord } from "#lib/server/db/occurrence.repo.ts";
import { findSlos, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { findStates, type StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { impactSpan, spentOfSlo } from "#lib/server/incidents/impact.ts";

/** Whether an SLO is of what an incident is about, or of one of its alerts: `burning` are the keys that those name. */
export function isAbout({ service, node }: IncidentRecord, burning: ReadonlySet<string>) {
  return ({ key, definition }: SloRecord): boolean => {
    if (!definition) return false;
    if (burning.has(key)) return true;
    if (service !== null) return definition.service === service;
    return node !== null && definition.node === node;
  };
}

/** An SLO of what an incident is about, with its states; `burning` when an alert of it belongs to the incident. */
export interface LinkedSlo {
  slo: SloRecord;
  states: StateRecord[];
  burning: boolean;
}

/** The SLOs of what an incident is about, and those whose alerts belong to it. */
export async function slosOf(
  tx: Transaction,
  incident: IncidentRecord,
  occurrences: readonly OccurrenceRecord[],
): Promise<LinkedSlo[]> {
  const burning = new Set(occurrences.flatMap(({ labels }) => labels[KEY_LABEL] ?? []));
  const slos = (await findSlos(tx)).filter(isAbout(incident, burning));
  const states = Map.groupBy(
    await findStates(
      tx,
      slos.map(({ id }) => id),
    ),
    ({ sloId }) => sloId,
  );
  return slos.map((slo) => ({ slo, states: states.get(slo.id) ?? [], burning: burning.has(slo.key) }));
}

/** The same as a page shows them: how they stand, and what the incident spent of each. */
export async function linkedSlos(
  tx: Transaction,
  incident: IncidentRecord,
  occurrences: readonly OccurrenceRecord[],
): Promise<IncidentDetail["slos"]> {
  const span = impactSpan(incident, Date.now());
  const linked: IncidentDetail["slos"] = [];
  for (const { slo, states } of await slosOf(tx, incident, occurrences)) {
    const first = states.find(({ objective }) => objective === 0);
    if (!first) continue;
    const { status, target } = first.evaluated.budget;
    const spentRatio = await spentOfSlo(tx, slo, states, span);
    linked.push({ id: slo.id, key: slo.key, status, target, spentRatio });
  }
  return linked;
}
