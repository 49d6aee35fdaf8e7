import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import { keepDelivery } from "#lib/server/db/alert-delivery.repo.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { addEntry } from "#lib/server/services/slos/entries/add.ts";
import { approveEntry } from "#lib/server/services/slos/entries/approve.ts";
import { evaluateAll, makeSlo, writeLedger } from "#lib/server/services/slos/budget-testing.ts";
import { deleteSlo } from "#lib/server/services/slos/delete.ts";
import { ADMIN, personWith } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { emptyTimelines } from "#lib/server/testing/timelines.ts";
import { takeInBurns } from "./burns.ts";
import { takeInWaiting } from "./inbox.ts";

const HOUR = 3_600_000;
/** Seven hours of slots, and 20 of them within the last 100 minutes. */
const SLOTS = 84;
const OUTAGE_SLOTS = 20;

let disconnect: () => Promise<void>;
let slo = "";
let nth = 0;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(async () => {
  await emptyTimelines();
  // What another test declared burning is gone with its SLO.
  if (slo !== "") await remove();
  const definition = soundDefinition({ name: `availability-${(nth += 1)}` });
  slo = await makeSlo(definition);
  await writeLedger(definition, SLOTS, Date.now(), (ago) => ({
    bad: ago <= OUTAGE_SLOTS ? 100 : 0,
    total: 1_000,
  }));
});

async function remove(): Promise<void> {
  await deleteSlo(ADMIN, { id: slo }, testCaller());
}

const evaluate = (bad: number) => evaluateAll(Date.now(), { bad, total: 1_000 });
const firing = () => db().alertOccurrence.count({ where: { source: "burnline", endsAt: null } });
const incidents = () => db().incident.findMany();

it("opens one incident of what burns, and looks again without a second word", async () => {
  await evaluate(100);
  await takeInBurns();
  const tiers = await firing();
  expect(tiers).toBeGreaterThanOrEqual(2);
  await takeInBurns();
  expect(await firing()).toBe(tiers);
  const [incident, ...others] = await incidents();
  expect(others).toEqual([]);
  expect(incident).toMatchObject({ service: "checkout", severity: "P2", phase: "DETECT" });
  expect(await db().incidentEvent.count()).toBe(1);
});

it("opens no second one for the same SLO's generated rule", async () => {
  await evaluate(100);
  await takeInBurns();
  const { key } = await db().slo.findUniqueOrThrow({ where: { id: slo } });
  const labels = {
    alertname: "SloBudgetBurn",
    [KEY_LABEL]: key ?? "",
    burnline_action: "page",
    service: "checkout",
  };
  const alert = { status: "firing", labels, annotations: {}, startsAt: new Date().toISOString() };
  await transaction((tx) => keepDelivery(tx, "default", JSON.stringify({ version: "4", alerts: [alert] })));
  await takeInWaiting();
  expect(await incidents()).toHaveLength(1);
});

it("ends what burns no more, and what is no SLO any more", async () => {
  await evaluate(100);
  await takeInBurns();
  await evaluate(0);
  await takeInBurns();
  const short = await firing();
  await remove();
  slo = "";
  await takeInBurns();
  expect(await firing()).toBe(0);
  expect(short).toBeLessThan(4);
});

it("wakes nobody in a planned exclusion", async () => {
  const [startMs, endMs] = [Date.now() - 8 * HOUR, Date.now() + HOUR];
  const window = { kind: "one_off", startMs, endMs, reason: "new switch" };
  const entry = await addEntry(ADMIN, { id: slo, fact: { kind: "exclusion", window } }, testCaller());
  await approveEntry(personWith("product_owner"), { id: slo, entry: entry.id }, testCaller());
  await evaluate(100);
  await takeInBurns();
  expect(await firing()).toBe(0);
  expect(await incidents()).toEqual([]);
});

it("leaves everything as it was while nobody has evaluated lately", async () => {
  await evaluate(100);
  await takeInBurns();
  const tiers = await firing();
  await evaluate(0);
  await db().sloState.updateMany({ data: { evaluatedAt: new Date(Date.now() - 10 * 60_000) } });
  await takeInBurns();
  expect(await firing()).toBe(tiers);
});
