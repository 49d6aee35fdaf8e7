import "server-only";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import type { OccurrenceRecord } from "#lib/server/db/occurrence.repo.ts";
import { findSlos, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { findStates } from "#lib/server/db/slo-state.repo.ts";

function isAbout({ service, node }: IncidentRecord, burning: ReadonlySet<string>) {
  return ({ key, definition }: SloRecord): boolean => {
    if (!definition) return false;
    if (burning.has(key)) return true;
    if (service !== null) return definition.service === service;
    return node !== null && definition.node === node;
  };
}

/** The SLOs of what an incident is about, and those whose alerts belong to it, with how they stand. */
export async function linkedSlos(
  tx: Transaction,
  incident: IncidentRecord,
  occurrences: readonly OccurrenceRecord[],
): Promise<IncidentDetail["slos"]> {
  const burning = new Set(occurrences.flatMap(({ labels }) => labels[KEY_LABEL] ?? []));
  const slos = (await findSlos(tx)).filter(isAbout(incident, burning));
  const states = await findStates(
    tx,
    slos.map(({ id }) => id),
  );
  return slos.flatMap(({ id, key }) => {
    const first = states.find(
      ({ sloId, objective, groupKey }) => sloId === id && objective === 0 && groupKey === "{}",
    );
    if (!first) return [];
    const { status, target } = first.evaluated.budget;
    return [{ id, key, status, target, spentRatio: null }];
  });
}
