import "server-only";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findOpenIncidents, type IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { labelValues } from "#lib/server/db/occurrence.repo.ts";
import { findSlos, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { isAbout } from "./linked-slos.ts";

/** So much of what two incidents share is named. */
const MOST_NAMED = 5;

/** The keys of the SLOs that an incident touches; a journey's is measured by those of its steps. */
function touched(incident: IncidentRecord, slos: readonly SloRecord[], burning: readonly string[]): string[] {
  return slos.filter(isAbout(incident, new Set(burning))).flatMap(({ key, definition }) => {
    const steps = definition?.sli.kind === "composite" ? definition.sli.steps : [];
    return [key, ...steps.map(({ slo }) => slo)];
  });
}

/** Other open incidents that touch the same service or SLO: it may be one trouble, told twice. */
export async function relatedIncidents(
  tx: Transaction,
  incident: IncidentRecord,
  visible: (other: IncidentRecord) => boolean,
): Promise<IncidentDetail["related"]> {
  if (incident.phase === "LEARN") return [];
  const others = (await findOpenIncidents(tx)).filter((other) => other.id !== incident.id && visible(other));
  if (others.length === 0) return [];
  const slos = await findSlos(tx);
  const ids = [incident, ...others].map(({ id }) => id);
  const burning = await labelValues(tx, ids, KEY_LABEL);
  const own = new Set(touched(incident, slos, burning.get(incident.id) ?? []));
  return others.flatMap((other) => {
    const keys = touched(other, slos, burning.get(other.id) ?? []).filter((key) => own.has(key));
    const service = incident.service !== null && incident.service === other.service ? [incident.service] : [];
    const shared = [...new Set([...service, ...keys])].slice(0, MOST_NAMED);
    const { id, title, severity, phase } = other;
    return shared.length === 0 ? [] : [{ id, title, severity, phase, shared }];
  });
}
