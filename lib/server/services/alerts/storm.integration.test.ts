import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { parseSettings } from "#lib/server/env.ts";
import { getIncident } from "#lib/server/services/incidents/get.ts";
import { personWith } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { listAlerts } from "./list.ts";

const SRE = personWith("sre");
const FIRING = 650;
const ENDED = 50;
const store = globalThis as unknown as Record<symbol, unknown>;
const SETTINGS = Symbol.for("burnline.settings");
let disconnect: () => Promise<void>;

beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  store[SETTINGS] = { value: { ...parseSettings({}), sources: [] } };
  const nowMs = Date.now();
  const fields = { title: "storm", severity: "P2", phase: "DETECT", origin: "alert" };
  await db().incident.create({ data: { id: "INC-1", ...fields, detectedAt: new Date(nowMs) } });
  await db().alertOccurrence.createMany({
    data: Array.from({ length: FIRING + ENDED }, (_, nth) => ({
      source: "default",
      fingerprint: String(nth),
      startsAt: new Date(nowMs - nth * 1000),
      lastSeenAt: new Date(nowMs),
      endsAt: nth < ENDED ? new Date(nowMs) : null,
      labels: { alertname: "HighErrorRate", severity: "critical", pod: `pod-${nth}` },
      annotations: { summary: "fails" },
      incidentId: "INC-1",
    })),
  });
});
afterAll(async () => {
  delete store[SETTINGS];
  await disconnect();
});

const list = async (input: object) => (await listAlerts(SRE, input, testCaller())).data;

it("lists a page of alerts and counts all of them", async () => {
  const first = await list({});
  expect([first.alerts.length, first.more, first.counts.firing]).toEqual([100, FIRING - 100, FIRING]);
  const more = await list({ limit: "300" });
  expect([more.alerts.length, more.more]).toEqual([300, FIRING - 300]);
  await expect(list({ limit: "501" })).rejects.toMatchObject({
    code: "invalid",
    fields: [{ path: "limit" }],
  });
});

it("says how many groups there are that it does not list", async () => {
  const { groups, moreGroups } = await list({ groupBy: "pod" });
  expect([groups.length, moreGroups]).toEqual([100, FIRING - 100]);
  const { groups: one, moreGroups: none } = await list({ groupBy: "alertname" });
  expect([one, none]).toEqual([[{ value: "HighErrorRate", count: FIRING }], 0]);
});

it("shows of an incident the newest that fire, and counts all of them", async () => {
  const { incident } = await getIncident(SRE, { id: "INC-1" });
  expect(incident.alertCounts).toEqual({ firing: FIRING, ended: ENDED });
  expect(incident.alerts).toHaveLength(200);
  expect(incident.alerts.every(({ endsAt }) => endsAt === null)).toBe(true);
  expect(incident.alerts[0]?.fingerprint).toBe(String(ENDED));
});
