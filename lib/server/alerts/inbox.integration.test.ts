import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { keepDelivery } from "#lib/server/db/alert-delivery.repo.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { resolveQuiet } from "#lib/server/incidents/resolve-quiet.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { emptyTimelines } from "#lib/server/testing/timelines.ts";
import { takeInWaiting } from "./inbox.ts";

const MINUTE = 60_000;
let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(() => emptyTimelines());

interface Told {
  alertname?: string;
  service?: string;
  severity?: string;
  status?: "firing" | "resolved";
  /** Minutes from now. */
  starts?: number;
  ends?: number;
  [label: string]: unknown;
}

const EPOCH = Date.now();
const at = (minutes: number) => new Date(EPOCH + minutes * MINUTE).toISOString();

function alertOf({
  alertname = "HighErrorRate",
  service = "checkout",
  severity = "critical",
  ...told
}: Told) {
  const { status = "firing", starts = -3, ends, ...labels } = told;
  return {
    status,
    labels: { alertname, service, severity, ...labels },
    annotations: { summary: `${alertname} on ${service}` },
    startsAt: at(starts),
    endsAt: ends === undefined ? "0001-01-01T00:00:00Z" : at(ends),
  };
}

const bodyOf = (...told: Told[]) => JSON.stringify({ version: "4", alerts: told.map(alertOf) });
const deliver = (body: string) => transaction((tx) => keepDelivery(tx, "default", body));
async function takeIn(): Promise<void> {
  while ((await takeInWaiting()) > 0);
}
const incidents = () => db().incident.findMany({ orderBy: { id: "asc" } });
const occurrences = () =>
  db().alertOccurrence.findMany({ orderBy: [{ fingerprint: "asc" }, { startsAt: "asc" }] });
const kinds = async (incidentId: string) =>
  (await db().incidentEvent.findMany({ where: { incidentId }, orderBy: { seq: "asc" } })).map(
    ({ kind }) => kind,
  );

describe("a delivery", () => {
  it("opens one incident for what burns of a service, whoever tells of it", async () => {
    await deliver(
      bodyOf({ alertname: "SloBudgetBurn", burnline_slo: "checkout/availability", burnline_action: "page" }),
    );
    await deliver(bodyOf({ alertname: "HighErrorRate" }, { alertname: "HighLatency", severity: "warning" }));
    await takeIn();
    const [incident, ...others] = await incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ severity: "P2", phase: "DETECT", service: "checkout", origin: "alert" });
    expect(incident?.detectedAt.toISOString()).toBe(at(-3));
    expect((await occurrences()).map(({ incidentId }) => incidentId)).toEqual(Array(3).fill(incident?.id));
    expect(await kinds(incident?.id ?? "")).toEqual(["opened"]);
  });

  it("wakes nobody for what asks nothing", async () => {
    await deliver(bodyOf({ alertname: "Watchdog", severity: "none" }));
    await takeIn();
    expect(await incidents()).toEqual([]);
    expect(await occurrences()).toHaveLength(1);
  });

  it.each<[string, string, RegExp]>([
    ["no JSON", "{", /not JSON/],
    ["another version", JSON.stringify({ version: "3", alerts: [] }), /version/],
    ["no list of alerts", JSON.stringify({ version: "4", alerts: {} }), /alerts/],
    ["a NUL in it", '{"version":"4","alerts":[\u0000]}', /not JSON/],
  ])("is set aside with the reason when it has %s", async (_, body, problem) => {
    await deliver(body);
    await takeIn();
    const [row] = await db().alertDelivery.findMany();
    expect(row?.problem).toMatch(problem);
    expect(row?.processedAt).not.toBeNull();
  });

  it("is taken in but for the alerts that cannot be read", async () => {
    const good = alertOf({ alertname: "Good" });
    const body = JSON.stringify({
      version: "4",
      groupKey: 7,
      whatever: { new: true },
      alerts: [
        { ...good, status: "perhaps" },
        { ...good, startsAt: "yesterday" },
        { ...good, labels: { n: 1 } },
        { ...good, startsAt: "0001-01-01T00:00:00Z" },
        "nothing",
        good,
      ],
    });
    await deliver(body);
    await takeIn();
    const [row] = await db().alertDelivery.findMany();
    expect(row?.problem?.split("\n").map((line) => line.split(":", 1)[0])).toEqual([
      "alerts.0.status",
      "alerts.1.startsAt",
      "alerts.2.labels.n",
      "alerts.3.startsAt",
      "alerts.4.body",
    ]);
    expect((await occurrences()).map(({ labels }) => (labels as { alertname: string }).alertname)).toEqual([
      "Good",
    ]);
  });

  it("keeps hostile texts harmless and long ones short", async () => {
    const hostile = alertOf({ alertname: "\u202Eevil\u0000\ud800" });
    const annotations = { summary: "a\u0000b\u202E\nc", description: "x".repeat(1_000_000), __proto__: "x" };
    await deliver(JSON.stringify({ version: "4", alerts: [{ ...hostile, annotations }] }));
    await takeIn();
    const [incident] = await incidents();
    expect(incident?.title).toBe("a b c");
    const [row] = await occurrences();
    expect((row?.annotations as { description: string }).description).toHaveLength(4_001);
  });
});

describe("the end of an alert", () => {
  it("is noted, and ten quiet minutes later the incident resolves by itself", async () => {
    await deliver(bodyOf({ starts: -20 }));
    await takeIn();
    await deliver(bodyOf({ starts: -20, status: "resolved", ends: -9 }));
    await takeIn();
    const [incident] = await incidents();
    expect(await kinds(incident?.id ?? "")).toEqual(["opened", "alerts_ended"]);
    expect(await resolveQuiet(Date.now())).toBe(0);
    expect(await resolveQuiet(Date.now() + 2 * MINUTE)).toBe(1);
    const [resolved] = await incidents();
    expect(resolved).toMatchObject({ phase: "LEARN", acknowledgedAt: null });
    expect(resolved?.resolvedAt?.toISOString()).toBe(at(-9));
    const last = await db().incidentEvent.findFirst({ orderBy: { seq: "desc" } });
    expect(last?.body).toMatchObject({ transition: "resolve", automatic: true });
  });

  it("lets a refire within 30 minutes continue the incident, and a later one open another", async () => {
    await deliver(bodyOf({ starts: -60, status: "resolved", ends: -29 }));
    await takeIn();
    await resolveQuiet(Date.now());
    await deliver(bodyOf({ starts: -1 }));
    await takeIn();
    const [first, ...none] = await incidents();
    expect([first?.phase, none]).toEqual(["DETECT", []]);
    await db().incident.updateMany({
      data: { phase: "LEARN", resolvedAt: new Date(Date.now() - 40 * MINUTE) },
    });
    await db().incidentKey.updateMany({ data: { held: false } });
    await deliver(bodyOf({ starts: 0, pod: "new" }));
    await takeIn();
    expect((await incidents()).map(({ phase }) => phase)).toEqual(["LEARN", "DETECT"]);
  });
});

describe("deliveries in any order, any number of times", () => {
  const told: Told[][] = [
    [{ starts: -25 }],
    [{ starts: -25, status: "resolved", ends: -20 }],
    [{ starts: -15 }, { alertname: "HighLatency", severity: "warning", starts: -14 }],
    [{ starts: -15, status: "resolved", ends: -12 }],
    [{ alertname: "NodeDown", service: "", node: "ai1", starts: -13 }],
  ];
  const stateNow = async () => {
    const [all, known] = [await incidents(), await occurrences()];
    const nameOf = (id: string | null) => all.find((one) => one.id === id)?.service ?? "node";
    return {
      incidents: all
        .map(({ service, node, severity, phase, detectedAt }) => [service, node, severity, phase, detectedAt])
        .sort(),
      alerts: known.map((one) => [
        one.fingerprint,
        one.startsAt,
        one.endsAt,
        one.endNotBefore,
        nameOf(one.incidentId),
      ]),
    };
  };

  it("end in the same state", async () => {
    const bodies = told.map((alerts) => bodyOf(...alerts));
    for (const body of bodies) await deliver(body);
    await takeIn();
    const expected = await stateNow();
    expect(expected.incidents).toHaveLength(2);
    const orders = fc
      .shuffledSubarray(bodies, { minLength: bodies.length })
      .chain((all) => fc.tuple(fc.constant(all), fc.subarray(all), fc.boolean()));
    await fc.assert(
      fc.asyncProperty(orders, async ([inOrder, again, oneByOne]) => {
        await emptyTimelines();
        for (const body of [...inOrder, ...again]) {
          await deliver(body);
          if (oneByOne) await takeIn();
        }
        await takeIn();
        expect(await stateNow()).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

describe("replicas that race", () => {
  it("open one incident per key, and lose no alert", async () => {
    for (let i = 0; i < 60; i += 1) await deliver(bodyOf({ pod: `p${i}`, service: `s${i % 3}` }));
    await Promise.all(Array.from({ length: 6 }, takeIn));
    expect((await incidents()).map(({ service }) => service).sort()).toEqual(["s0", "s1", "s2"]);
    expect((await occurrences()).filter(({ incidentId }) => incidentId !== null)).toHaveLength(60);
  });
});

describe("a storm of 10,000 alerts", () => {
  it("loses none, doubles none, opens one incident per key with a timeline one can read", async () => {
    const alerts = Array.from({ length: 10_000 }, (_, i) => ({
      pod: `pod-${i}`,
      service: `service-${i % 20}`,
    }));
    for (let i = 0; i < alerts.length; i += 50) await deliver(bodyOf(...alerts.slice(i, i + 50)));
    for (let i = 0; i < alerts.length; i += 500) await deliver(bodyOf(...alerts.slice(i, i + 50)));
    await takeIn();
    expect(await db().alertOccurrence.count()).toBe(10_000);
    expect(await incidents()).toHaveLength(20);
    expect(await db().incidentEvent.count()).toBeLessThanOrEqual(200);
    const [{ count } = { count: 0n }] = await db().$queryRaw<{ count: bigint }[]>`
      select sum((body->>'count')::int) as count from incident_events where kind in ('opened', 'alerts_joined')`;
    expect(Number(count)).toBe(10_000);
  }, 120_000);
});

describe("what a real Alertmanager delivered", () => {
  it("is taken in as it came: each firing once, ends as they were told", async () => {
    const file = path.join(import.meta.dirname, "fixtures", "webhooks.jsonl");
    const recorded = readFileSync(file, "utf8").trim().split("\n");
    const shiftMs = Date.now() - Date.parse("2026-11-20T22:05:00Z");
    const shifted = (text: string) =>
      text.replace(
        /"(2026-11-2\dT[\d:.]+Z)"/g,
        (_, time: string) => `"${new Date(Date.parse(time) + shiftMs).toISOString()}"`,
      );
    for (const line of recorded)
      await deliver(shifted(JSON.stringify((JSON.parse(line) as { body: unknown }).body)));
    await takeIn();
    expect(await db().alertDelivery.count({ where: { problem: { not: null } } })).toBe(0);
    const known = (await occurrences()).map(({ labels, endsAt, endNotBefore }) => [
      (labels as { alertname: string }).alertname,
      endsAt === null ? "firing" : endNotBefore === null ? "told" : "inferred",
    ]);
    expect(known.map(([name, end]) => `${name} ${end}`).sort()).toEqual([
      "Big firing",
      "Big firing",
      "Big told",
      "Flaky firing",
      "Flap firing",
      "Flap inferred",
      "Hi told",
      "NoRes firing",
      "NodeDown firing",
      "Rate firing",
      "Rst firing",
      "Rst inferred",
      "Sil firing",
      "Slow firing",
    ]);
    // None of the recorded alerts has a severity: nobody is woken.
    expect(await incidents()).toEqual([]);
  });
});
