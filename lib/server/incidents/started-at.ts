import "server-only";
import { impactBeganMs } from "#lib/domain/incidents/impact.ts";
import { DAY_MS, slotAt, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import { findUnstarted } from "#lib/server/db/incident-span.repo.ts";
import {
  changeIncident,
  findIncident,
  type IncidentRecord,
  lockIncident,
} from "#lib/server/db/incident.repo.ts";
import { findOfIncidents } from "#lib/server/db/occurrence.repo.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { readBudget } from "#lib/server/services/slos/budget-readings.ts";
import { type LinkedSlo, slosOf } from "#lib/server/services/incidents/linked-slos.ts";

/** As far back as the slowest tier looks: what has burned for longer has no beginning that anybody remembers. */
const LOOK_BACK_SLOTS = 3 * SLOTS_PER_DAY;
/** The ledger has the slots of an incident's beginning by then, or will not have them. */
const GIVE_UP_MS = DAY_MS / 12;
const EVERY_MS = 30_000;

async function beganBySlo(
  tx: Transaction,
  { slo, states }: LinkedSlo,
  detectedAtMs: number,
): Promise<number[]> {
  const { definition } = slo;
  if (!definition) return [];
  const endSlot = slotAt(detectedAtMs) + 1;
  const target = Math.max(...definition.objectives.map((objective) => objective.target));
  const began: (number | null)[] = [];
  for (const state of states.filter(({ objective }) => objective === 0)) {
    const { own } = await readBudget(tx, { slo, definition, state, endSlot }, endSlot - LOOK_BACK_SLOTS);
    began.push(own && impactBeganMs(own.ledger.counted, target, detectedAtMs));
  }
  return began.filter((atMs) => atMs !== null);
}

/**
 * When the impact of an incident began by the ledger, in ms: the earliest that an SLO whose alerts belong to it says,
 * or, where there is no such alert, an SLO of what it is about. Null where none tells.
 */
export async function proposedStartMs(tx: Transaction, incident: IncidentRecord): Promise<number | null> {
  const linked = await slosOf(tx, incident, await findOfIncidents(tx, [incident.id]));
  const burning = linked.filter((one) => one.burning);
  const began: number[] = [];
  for (const one of burning.length > 0 ? burning : linked)
    began.push(...(await beganBySlo(tx, one, incident.detectedAt.getTime())));
  return began.length === 0 ? null : Math.min(...began);
}

/** Sets when an incident began where nobody has, with the fact on its timeline. @returns whether it did */
async function setStart(id: string): Promise<boolean> {
  const found = await read((tx) => findIncident(tx, id));
  const startMs = found && (await read((tx) => proposedStartMs(tx, found)));
  if (startMs === null) return false;
  return transaction(async (tx) => {
    const incident = await lockIncident(tx, id);
    // Somebody was faster, or has set the detection to before this.
    if (!incident || incident.startedAt !== null || startMs > incident.detectedAt.getTime()) return false;
    const startedAt = new Date(startMs);
    await changeIncident(tx, id, { startedAt });
    const body = { kind: "time", field: "startedAt", from: null, to: startedAt.toISOString() } as const;
    await appendEvents(tx, [{ incidentId: id, at: new Date(), actorId: SYSTEM_ACTOR.id, body }]);
    return true;
  });
}

/** Proposes when incidents of late began, by the ledger, where nobody has said so. @returns how many it told */
export async function proposeStarts(nowMs: number): Promise<number> {
  const waiting = await read((tx) => findUnstarted(tx, new Date(nowMs - GIVE_UP_MS)));
  let told = 0;
  for (const id of waiting) if (await setStart(id)) told += 1;
  return told;
}

/** The job behind {@link proposeStarts}; every replica may run it. */
export function startedAtJob(): Job {
  return {
    name: "when incidents began",
    retryMs: EVERY_MS,
    run: async () => {
      await proposeStarts(Date.now());
      return EVERY_MS;
    },
  };
}
