import "server-only";
import type { EventBody } from "#lib/contracts/incident-events.ts";
import { burnNews, type BurnTold } from "#lib/domain/incidents/burn-news.ts";
import { KEY_LABEL, objectiveName } from "#lib/domain/slo/rules/rule-labels.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents, findEventsOfKind } from "#lib/server/db/incident-event.repo.ts";
import { findOpenIncidents, type IncidentRecord, lockIncident } from "#lib/server/db/incident.repo.ts";
import { labelValues } from "#lib/server/db/occurrence.repo.ts";
import { findSlos, type SloRecord } from "#lib/server/db/slo.repo.ts";
import {
  findStandings,
  findStates,
  type Standing,
  stateKey,
  type StateRecord,
} from "#lib/server/db/slo-state.repo.ts";
import { isAbout } from "#lib/server/services/incidents/linked-slos.ts";
import { firingOf } from "./burns.ts";

type BurnBody = Extract<EventBody, { kind: "burn" }>;
interface BurnFact {
  at: Date;
  body: BurnBody;
}

/** How a budget stood so long before detection is what an incident's first fact of it is told against. */
const BEFORE_MS = 3_600_000;
/** Snapshots are taken at every change and each hour; a process that was away may have left a gap. */
const STANDING_WITHIN_MS = 6 * 3_600_000;

function nameOf({ key, definition }: SloRecord, { objective, evaluated }: StateRecord): string {
  const several = (definition?.objectives.length ?? 0) > 1;
  const wanted = several ? definition?.objectives[objective] : undefined;
  const group = Object.entries(evaluated.budget.group).map(([label, value]) => `${label} ${value}`);
  return [key, ...(wanted ? [objectiveName(wanted)] : []), ...group].join(", ");
}

function toldBefore(bodies: readonly BurnBody[], standing: Standing | undefined): BurnTold {
  const last = bodies.at(-1);
  const ratios = [standing?.remainingRatio, ...bodies.map((body) => body.budgetRemainingRatio)];
  const known = ratios.filter((ratio) => ratio !== null && ratio !== undefined);
  return {
    status: last?.status ?? standing?.status ?? null,
    firing: last?.firing ?? [],
    leastRatio: known.length === 0 ? null : Math.min(...known),
  };
}

function factOf(slo: SloRecord, state: StateRecord, told: BurnTold): BurnFact | null {
  const { budget } = state.evaluated;
  const { status, budgetRemainingRatio, tiers } = budget;
  const now = tiers.map((tier) => ({ ...tier, firing: firingOf(budget, tier) }));
  const news = burnNews(told, { status, budgetRemainingRatio, tiers: now });
  if (!news) return null;
  const { sloId, objective, groupKey } = state;
  const of = { sloId, objective, groupKey, budgetRemainingRatio };
  return { at: state.evaluatedAt, body: { kind: "burn", slo: nameOf(slo, state), ...of, ...news } };
}

/** What the timelines of some incidents are told from. */
interface Facts {
  slos: SloRecord[];
  states: StateRecord[];
  /** By incident: the SLOs that its alerts name. */
  keys: Map<string, string[]>;
  told: Map<string, BurnBody[]>;
}

async function factsFor(tx: Transaction, incidentIds: readonly string[]): Promise<Facts> {
  const slos = await findSlos(tx);
  const keys = await labelValues(tx, incidentIds, KEY_LABEL);
  const events = await findEventsOfKind(tx, incidentIds, "burn");
  const told = new Map(
    [...Map.groupBy(events, ({ incidentId }) => incidentId)].map(([id, own]) => [
      id,
      own.map(({ body }) => body),
    ]),
  );
  return { slos, keys, told, states: await findStates(tx) };
}

async function newsOf(tx: Transaction, incident: IncidentRecord, facts: Facts): Promise<BurnFact[]> {
  const about = facts.slos.filter(isAbout(incident, new Set(facts.keys.get(incident.id))));
  const byId = new Map(about.map((slo) => [slo.id, slo]));
  const told = Map.groupBy(facts.told.get(incident.id) ?? [], stateKey);
  const states = facts.states.filter(({ sloId }) => byId.has(sloId));
  const unheard = states.filter((state) => !told.has(stateKey(state))).map(({ sloId }) => sloId);
  const at = new Date(incident.detectedAt.getTime() - BEFORE_MS);
  const since = new Date(at.getTime() - STANDING_WITHIN_MS);
  const standings =
    unheard.length === 0 ? new Map<string, Standing>() : await findStandings(tx, unheard, { at, since });
  return states.flatMap((state) => {
    const slo = byId.get(state.sloId);
    const key = stateKey(state);
    return (slo && factOf(slo, state, toldBefore(told.get(key) ?? [], standings.get(key)))) ?? [];
  });
}

async function tell(id: string): Promise<number> {
  return transaction(async (tx) => {
    // What another replica told, and of which evaluation, is read once nobody else can tell any more.
    const incident = await lockIncident(tx, id);
    if (!incident || incident.phase === "LEARN") return 0;
    const news = await newsOf(tx, incident, await factsFor(tx, [id]));
    const { detectedAt } = incident;
    await appendEvents(
      tx,
      news.map(({ at, body }) => ({
        incidentId: id,
        at: at < detectedAt ? detectedAt : at,
        actorId: SYSTEM_ACTOR.id,
        body,
      })),
    );
    return news.length;
  });
}

/**
 * Tells the timelines of open incidents what changed about the budgets they are about since they were told last: each
 * change once, for what was told is read from the timeline while the incident is locked. @returns how many facts
 */
export async function tellBurns(): Promise<number> {
  const open = await read(findOpenIncidents);
  if (open.length === 0) return 0;
  const facts = await read((tx) =>
    factsFor(
      tx,
      open.map(({ id }) => id),
    ),
  );
  let told = 0;
  for (const incident of open) {
    const news = await read((tx) => newsOf(tx, incident, facts));
    if (news.length > 0) told += await tell(incident.id);
  }
  return told;
}
