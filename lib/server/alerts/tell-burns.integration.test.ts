import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import type { SloStatus } from "#lib/domain/slo/status/axes.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { appendSnapshots } from "#lib/server/db/slo-state.repo.ts";
import { openIncident } from "#lib/server/services/incidents/create.ts";
import { transitIncident } from "#lib/server/services/incidents/transit.ts";
import { evaluateAll, makeSlo, writeLedger } from "#lib/server/services/slos/budget-testing.ts";
import { personWith } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { emptyTimelines } from "#lib/server/testing/timelines.ts";
import { tellBurns } from "./tell-burns.ts";

const SRE = personWith("sre");
const HOUR_MS = 3_600_000;
/** 30 days of 100 requests every five minutes: the budget of 99.9 % is 864 of them. */
const SLOTS = 30 * 288;
let slo = "";
let disconnect: () => Promise<void>;

const DEFINITION = soundDefinition({ service: "checkout" });
/** So many bad requests, ten minutes ago. */
async function spend(bad: number): Promise<void> {
  await db().ledgerDay.deleteMany();
  await writeLedger(DEFINITION, SLOTS, Date.now(), (ago) =>
    ago === 2 ? { bad, total: 100 + bad } : { bad: 0, total: 100 },
  );
}

beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  slo = await makeSlo(DEFINITION);
});
afterAll(() => disconnect());
beforeEach(async () => {
  await emptyTimelines();
  await db().sloSnapshot.deleteMany();
});

const evaluate = (bad = 0) => evaluateAll(Date.now(), { bad, total: 100 });
const open = async (service = "checkout") =>
  (await openIncident(SRE, { title: "Checkout fails", severity: "P2", service }, testCaller())).incident.id;
const told = async (incidentId: string) =>
  (await db().incidentEvent.findMany({ where: { incidentId, kind: "burn" }, orderBy: { seq: "asc" } })).map(
    ({ body }) => body as { text: string; budgetRemainingRatio: number; worse: boolean },
  );
/** What stood so long ago. */
const stood = (status: SloStatus, remainingRatio: number | null, hoursAgo = 2) =>
  transaction((tx) =>
    appendSnapshots(tx, [
      {
        ...{ sloId: slo, objective: 0, groupKey: "{}", version: 1, burnRate6h: 0, previousStatus: null },
        ...{ status, remainingRatio, at: new Date(Date.now() - hoursAgo * HOUR_MS) },
      },
    ]),
  );

it("tells each crossing once: two replicas, looks again, a budget that goes up and down", async () => {
  await spend(0);
  await stood("healthy", 1);
  const id = await open();
  await evaluate();
  expect(await tellBurns()).toBe(0);
  await spend(500);
  await evaluate(50);
  const looks = await Promise.all([tellBurns(), tellBurns(), tellBurns()]);
  expect(looks.toSorted()).toEqual([0, 0, 1]);
  const [first, ...others] = await told(id);
  expect(others).toEqual([]);
  expect(first?.text).toMatch(/^healthy → critical; .*fires?; less than 50 % of its budget left$/);
  expect(first).toMatchObject({ worse: true });
  expect(await tellBurns()).toBe(0);

  // Half of it comes back, and goes again: the line was passed already, and the status is held.
  await spend(300);
  await evaluate();
  await tellBurns();
  await spend(500);
  await evaluate(50);
  await tellBurns();
  const texts = (await told(id)).map(({ text }) => text);
  expect(texts.filter((text) => text.includes("50 %"))).toHaveLength(1);
});

it("tells nothing of what was so before, and of what no incident is about", async () => {
  await spend(600);
  await evaluate();
  await stood((await db().sloState.findFirstOrThrow()).status as "critical", 0.3);
  const [own, other] = [await open(), await open("cart")];
  await tellBurns();
  expect((await told(own)).map(({ text }) => text).join()).not.toMatch(/budget left|→/);
  expect(await told(other)).toEqual([]);
});

it("tells nothing of a silence before there was data: what came first counts", async () => {
  await spend(0);
  await evaluate();
  await stood("no_data", null);
  await stood("healthy", 0.6, 0.5);
  const id = await open();
  expect(await tellBurns()).toBe(0);
  await spend(500);
  await evaluate();
  await tellBurns();
  expect((await told(id)).map(({ text }) => text).join()).toMatch(/less than 50 %/);
});

it("tells nothing of an incident that is over", async () => {
  await stood("healthy", 1);
  const id = await open();
  await transitIncident(SRE, { id, transition: "resolve" }, testCaller());
  await spend(900);
  await evaluate(50);
  expect(await tellBurns()).toBe(0);
});
