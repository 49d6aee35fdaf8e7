import { afterAll, beforeAll, expect, it } from "vitest";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { evaluateAll, makeSlo, writeLedger } from "#lib/server/services/slos/budget-testing.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { openIncident } from "./create.ts";
import { getIncident } from "./get.ts";
import { transitIncident } from "./transit.ts";

const SRE = personWith("sre");
const CONFINED: Actor = { ...VIEWER, confinement: [{ label: "namespace", operator: "=", value: "prod" }] };
const KEY = "checkout/availability";

let disconnect: () => Promise<void>;
let checkout = "";
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  const definition = soundDefinition({ service: "checkout" });
  await makeSlo(definition);
  const journey = {
    kind: "composite" as const,
    combine: "serial" as const,
    steps: [{ name: "pay", slo: KEY, onCriticalPath: true }],
    businessImpact: "high" as const,
  };
  await makeSlo(soundDefinition({ service: null, name: "buying", sli: journey }));
  await writeLedger(definition, 300, Date.now(), () => ({ bad: 0, total: 100 }));
  await evaluateAll(Date.now(), { bad: 0, total: 100 });
  checkout = await open("checkout");
  await open("cart");
});
afterAll(() => disconnect());

async function open(service: string): Promise<string> {
  const input = { title: `${service} fails`, severity: "P2", service };
  return (await openIncident(SRE, input, testCaller())).incident.id;
}

async function ofAlert(id: string, labels: Record<string, string>): Promise<void> {
  const at = new Date();
  await db().incident.create({
    data: { id, title: id, severity: "P1", phase: "DETECT", origin: "alert", detectedAt: at },
  });
  await db().alertOccurrence.create({
    data: {
      source: "s",
      fingerprint: id,
      startsAt: at,
      lastSeenAt: at,
      labels,
      annotations: {},
      incidentId: id,
    },
  });
}
const related = async (id: string) => (await getIncident(VIEWER, { id })).incident.related;

it("names open incidents that share an SLO, those of a journey's steps as well", async () => {
  expect(await related(checkout)).toEqual([]);
  await ofAlert("INC-journey", { [KEY_LABEL]: "journey:buying" });
  await ofAlert("INC-other", { [KEY_LABEL]: "stranger" });
  const [one, ...others] = await related(checkout);
  expect(others).toEqual([]);
  expect(one).toEqual({
    id: "INC-journey",
    title: "INC-journey",
    severity: "P1",
    phase: "DETECT",
    shared: [KEY],
  });
  expect((await related("INC-journey")).map(({ id, shared }) => [id, shared])).toEqual([[checkout, [KEY]]]);
  await expect(getIncident(CONFINED, { id: checkout })).rejects.toMatchObject({ code: "not_found" });
  await db().incident.update({ where: { id: "INC-journey" }, data: { phase: "LEARN" } });
  expect(await related(checkout)).toEqual([]);
  expect(await related("INC-journey")).toEqual([]);
});

it("holds nothing up while the ledger is read: the change is through before", async () => {
  const phase = async () => (await db().incident.findUniqueOrThrow({ where: { id: checkout } })).phase;
  const acknowledged = await db().$transaction(async (tx) => {
    await tx.$executeRaw`lock table ledger_days in access exclusive mode`;
    const answer = transitIncident(SRE, { id: checkout, transition: "acknowledge" }, testCaller());
    await expect.poll(phase, { timeout: 4_000 }).toBe("TRIAGE");
    return { answer };
  });
  expect((await acknowledged.answer).incident).toMatchObject({ phase: "TRIAGE", slos: [{ key: KEY }] });
});

it("has its response clock begin anew when it is opened again", async () => {
  const input = { title: "All of it is down", severity: "P1" };
  const { id } = (await openIncident(SRE, input, testCaller())).incident;
  const transit = async (transition: string) =>
    (await transitIncident(SRE, { id, transition }, testCaller())).incident;
  await transit("resolve");
  const reopened = await transit("reopen");
  const facts = await db().incidentEvent.findMany({ where: { incidentId: id }, orderBy: { seq: "asc" } });
  const atMs = facts.at(-1)?.at.getTime() ?? NaN;
  expect(atMs).toBeGreaterThan(Date.parse(reopened.detectedAt));
  expect(Date.parse(reopened.respondBy ?? "") - atMs).toBe(5 * 60_000);
});
