import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { keepDelivery } from "#lib/server/db/alert-delivery.repo.ts";
import { parseSettings, type SourceSettings } from "#lib/server/env.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealServer, startAlertmanager } from "#lib/server/testing/real-servers.ts";
import { emptyTimelines } from "#lib/server/testing/timelines.ts";
import { takeInWaiting } from "./inbox.ts";
import { reconcile } from "./reconcile.ts";
import { lookForWatchdog, WATCHDOG_MISSING } from "./watchdog.ts";

const MINUTE = 60_000;
let disconnect: () => Promise<void>;
let alertmanager: RealServer;
let source: SourceSettings;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  alertmanager = await startAlertmanager();
  source = { name: "default", kind: "alertmanager", url: alertmanager.url };
  const store = globalThis as unknown as Record<symbol, unknown>;
  store[Symbol.for("burnline.settings")] = { value: { ...parseSettings({}), sources: [source] } };
});
afterAll(async () => {
  await alertmanager.remove();
  await disconnect();
});
beforeEach(() => emptyTimelines());
afterEach(() => {
  vi.useRealTimers();
});

/** Our clock alone goes ahead: Alertmanager has been up for so long then. */
function goAhead(minutes: number): void {
  const now = Date.now() + minutes * MINUTE;
  vi.useFakeTimers({ toFake: ["Date"], now });
}

let nth = 0;
/** An alert of a name of its own, for Alertmanager keeps those of other tests. */
async function fire(labels: Record<string, string> = {}, endsAt?: string) {
  const alert = {
    labels: { alertname: `Alert${(nth += 1)}`, service: `s${nth}`, severity: "critical", ...labels },
    annotations: { summary: "it fails" },
    startsAt: new Date(Date.now() - MINUTE).toISOString(),
    ...(endsAt ? { endsAt } : {}),
  };
  await post("alerts", [alert]);
  return alert;
}

async function post(path: string, body: object): Promise<unknown> {
  const response = await fetch(`${alertmanager.url}/api/v2/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return response.text();
}

async function silence(alertname: string): Promise<void> {
  await post("silences", {
    matchers: [{ name: "alertname", value: alertname, isRegex: false, isEqual: true }],
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + 60 * MINUTE).toISOString(),
    createdBy: "test",
    comment: "a planned change",
  });
}

async function deliver(alert: object): Promise<void> {
  const body = JSON.stringify({ version: "4", alerts: [{ status: "firing", annotations: {}, ...alert }] });
  await transaction((tx) => keepDelivery(tx, "default", body));
  await takeInWaiting();
}

const look = () => reconcile(source, new AbortController().signal);
const find = (alertname: string) =>
  db().alertOccurrence.findMany({ where: { labels: { path: ["alertname"], equals: alertname } } });

describe("comparing with Alertmanager", () => {
  it("takes in what no webhook told, under the fingerprint of Alertmanager's", async () => {
    const alert = await fire();
    expect(await look()).toBe(true);
    const [seen] = await find(alert.labels.alertname);
    await deliver(alert);
    const all = await find(alert.labels.alertname);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ fingerprint: seen?.fingerprint, endsAt: null });
    expect(await db().incident.count({ where: { service: alert.labels.service } })).toBe(1);
  });

  it("wakes nobody for what is silenced, and lets what fired before fire on", async () => {
    const before = await fire();
    await look();
    const silenced = await fire();
    await silence(before.labels.alertname);
    await silence(silenced.labels.alertname);
    await look();
    expect(await find(silenced.labels.alertname)).toEqual([]);
    expect((await find(before.labels.alertname))[0]?.endsAt).toBeNull();
  });

  it("closes what is gone as inferred, between its last sighting and now", async () => {
    const alert = {
      labels: { alertname: "Lost", service: "lost", severity: "page" },
      startsAt: new Date().toISOString(),
    };
    await deliver(alert);
    const [before] = await find("Lost");
    goAhead(4);
    await look();
    const [after] = await find("Lost");
    expect(after?.endNotBefore).toEqual(before?.lastSeenAt);
    expect(after?.endsAt?.getTime()).toBeGreaterThan(before?.lastSeenAt.getTime() ?? Infinity);
  });

  it("closes nothing while Alertmanager has just started: its senders have not told it yet", async () => {
    await deliver({
      labels: { alertname: "Fresh", service: "f", severity: "page" },
      startsAt: new Date().toISOString(),
    });
    await look();
    expect((await find("Fresh"))[0]?.endsAt).toBeNull();
  });

  it("changes nothing while it is out of reach", async () => {
    await deliver({
      labels: { alertname: "Far", service: "far", severity: "page" },
      startsAt: new Date().toISOString(),
    });
    goAhead(4);
    const nobody = { ...source, name: "other", url: "http://127.0.0.1:9" };
    expect(await reconcile(nobody, new AbortController().signal)).toBe(false);
    expect((await find("Far"))[0]?.endsAt).toBeNull();
  });
});

describe("the dead man's switch", () => {
  it("opens an incident when a Watchdog that was seen is missing, and ends with its return", async () => {
    const watchdog = {
      labels: { alertname: "Watchdog", severity: "none" },
      startsAt: new Date().toISOString(),
    };
    const since = Date.now() - 60 * MINUTE;
    await lookForWatchdog(since);
    expect(await db().incident.count()).toBe(0);
    await deliver(watchdog);
    await lookForWatchdog(since);
    expect(await find(WATCHDOG_MISSING)).toEqual([]);
    goAhead(11);
    // Whoever has just started has not had the time to see it.
    await lookForWatchdog(Date.now());
    expect(await find(WATCHDOG_MISSING)).toEqual([]);
    await lookForWatchdog(since);
    expect(await db().incident.findMany()).toMatchObject([
      { severity: "P2", phase: "DETECT", service: null },
    ]);
    await deliver(watchdog);
    await lookForWatchdog(since);
    expect((await find(WATCHDOG_MISSING))[0]?.endsAt).not.toBeNull();
  });
});
