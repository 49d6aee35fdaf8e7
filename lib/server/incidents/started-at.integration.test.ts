import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import { slotAt, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { connectDatabase, db, read } from "#lib/server/db/client.ts";
import { findEvents } from "#lib/server/db/incident-event.repo.ts";
import { getIncident } from "#lib/server/services/incidents/get.ts";
import { patchIncident } from "#lib/server/services/incidents/patch.ts";
import { evaluateAll, makeSlo, writeLedger } from "#lib/server/services/slos/budget-testing.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { proposeStarts } from "./started-at.ts";

const NOW = Date.now();
const OPEN = slotAt(NOW);
/** Thirty days, the open slot with them: what the window of the SLO holds. */
const SLOTS = 30 * 288 - 1;
/** 100 requests a slot. It burns 50 times too fast from 8 slots ago to 3, and 500 times in an old outage. */
const counted = (ago: number) => {
  if (ago >= 3 && ago <= 8) return { bad: 5, total: 100 };
  return { bad: ago === 100 ? 50 : 0, total: 100 };
};
const CHECKOUT = soundDefinition({ service: "checkout" });
/** Measured otherwise, so that it has a ledger of its own. */
const QUIET = soundDefinition({
  service: "quiet",
  exclusions: { events: [{ label: "route", operator: "=", value: "/health" }], windows: [] },
});

async function incident(
  id: string,
  service: string,
  detectedAgo: number,
  more: { resolvedAgo?: number; origin?: string } = {},
): Promise<void> {
  const at = (ago: number) => new Date(slotStartMs(OPEN - ago) + 30_000);
  await db().incident.create({
    data: {
      id,
      title: "Burning",
      severity: "P2",
      phase: more.resolvedAgo === undefined ? "DETECT" : "LEARN",
      service,
      origin: more.origin ?? "alert",
      detectedAt: at(detectedAgo),
      resolvedAt: more.resolvedAgo === undefined ? null : at(more.resolvedAgo),
    },
  });
}

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  for (const definition of [CHECKOUT, QUIET]) await makeSlo(definition);
  await writeLedger(CHECKOUT, SLOTS, NOW, counted);
  await writeLedger(QUIET, SLOTS, NOW, () => ({ bad: 0, total: 100 }));
  await evaluateAll(NOW, { bad: 0, total: 100 });
  await incident("INC-burning", "checkout", 5, { resolvedAgo: 3 });
  await incident("INC-quiet", "quiet", 5);
  await incident("INC-by-hand", "checkout", 5, { origin: "manual" });
  await incident("INC-cleared", "checkout", 5);
  await incident("INC-other-slo", "quiet", 4);
  // A rule of an SLO of checkout fired for what is called quiet: its alert says which SLO burns.
  await db().alertOccurrence.create({
    data: {
      source: "burnline",
      fingerprint: "f1",
      startsAt: new Date(slotStartMs(OPEN - 4)),
      lastSeenAt: new Date(NOW),
      labels: { [KEY_LABEL]: "checkout/availability" },
      annotations: {},
      incidentId: "INC-other-slo",
    },
  });
  const sre = personWith("sre");
  const time = (to: string | null) => ({ time: { field: "startedAt", to } });
  const { id, version } = (await getIncident(VIEWER, { id: "INC-cleared" })).incident;
  const set = await patchIncident(
    sre,
    { id, version, ...time(new Date(slotStartMs(OPEN - 6)).toISOString()) },
    testCaller(),
  );
  await patchIncident(sre, { id, version: set.incident.version, ...time(null) }, testCaller());
});
afterAll(() => disconnect());

const startOf = async (id: string) => (await getIncident(VIEWER, { id })).incident.startedAt;
const slot = (ago: number) => new Date(slotStartMs(OPEN - ago)).toISOString();

describe("when incidents began", () => {
  it("is told once, by the first slot of the run that led up to detection", async () => {
    expect(await proposeStarts(NOW)).toBe(2);
    expect(await startOf("INC-burning")).toBe(slot(8));
    expect(await proposeStarts(NOW)).toBe(0);
    const told = (await read((tx) => findEvents(tx, "INC-burning"))).map(({ actorId, body }) => ({
      actorId,
      body,
    }));
    expect(told).toEqual([
      { actorId: "system", body: { kind: "time", field: "startedAt", from: null, to: slot(8) } },
    ]);
  });

  it("goes by the SLO whose alert belongs to it", async () => {
    expect(await startOf("INC-other-slo")).toBe(slot(8));
  });

  it.each(["INC-quiet", "INC-by-hand", "INC-cleared"])("is left open for %s", async (id) => {
    expect(await startOf(id)).toBeNull();
  });

  it("is not asked of old incidents", async () => {
    await incident("INC-old", "checkout", 99);
    expect(await proposeStarts(NOW)).toBe(0);
  });
});

describe("what an incident spent", () => {
  it("is its bad events over the budget: 30 of 0.1 % of 864,000", async () => {
    const { slos } = (await getIncident(VIEWER, { id: "INC-burning" })).incident;
    // The window ends with the incident, two slots before the newest of the ledger: it lacks as many at its beginning.
    const covered = 8640 - 3;
    expect(slos[0]!.spentRatio).toBeCloseTo(30 / (0.001 * (100 * covered) * (8640 / covered)), 6);
    expect(slos.map(({ key }) => key)).toEqual(["checkout/availability"]);
  });

  it("is 0 where everything went well, and nothing is made up", async () => {
    const { slos } = (await getIncident(VIEWER, { id: "INC-quiet" })).incident;
    expect(slos.map(({ spentRatio }) => spentRatio)).toEqual([0]);
  });
});
