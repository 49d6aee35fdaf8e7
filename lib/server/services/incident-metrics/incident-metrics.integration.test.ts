import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IncidentMetrics } from "#lib/contracts/incident-metrics.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { exportIncidentMetrics } from "./export.ts";
import { getIncidentMetrics } from "./get.ts";

const CONFINED: Actor = { ...VIEWER, confinement: [{ label: "namespace", operator: "=", value: "prod" }] };
const FROM = "2026-10-24T00:00:00Z";
const TO = "2026-10-27T00:00:00Z";

/** Minutes after detection; the impact began so many before. Null: not known, or not yet. */
interface Course {
  id: string;
  detected: string;
  began: number | null;
  acknowledged?: number;
  mitigated?: number;
  resolved?: number;
  severity?: string;
  service?: string | null;
  title?: string;
  mergedInto?: string;
}

const COURSES: Course[] = [
  { id: "INC-1", detected: "2026-10-24T10:00:00Z", began: 4, acknowledged: 2, mitigated: 10, resolved: 16 },
  // The night in which Vienna sets its clocks back: 00:30 to 01:30 UTC is an hour, whatever the clock says.
  { id: "INC-2", detected: "2026-10-25T00:30:00Z", began: 2, acknowledged: 4, mitigated: 30, resolved: 60 },
  {
    id: "INC-3",
    detected: "2026-10-25T12:00:00Z",
    began: null,
    acknowledged: 6,
    resolved: 20,
    severity: "P2",
  },
  {
    id: "INC-4",
    detected: "2026-10-26T23:59:59.999Z",
    began: 9,
    severity: "P2",
    service: null,
    title: "=cmd|'/c calc'!A1",
  },
  { id: "INC-5", detected: TO, began: 1, resolved: 1 },
  { id: "INC-6", detected: "2026-10-25T12:00:00Z", began: 1, resolved: 1, mergedInto: "INC-3" },
  // Before the span: for the trend alone.
  { id: "INC-7", detected: "2026-10-23T12:00:00Z", began: 1, resolved: 1 },
];

const after = (detected: string, minutes: number | null | undefined) =>
  minutes === null || minutes === undefined ? null : new Date(Date.parse(detected) + minutes * 60_000);

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  await db().incident.createMany({
    data: COURSES.map(({ id, detected, began, title, severity, service, mergedInto, ...course }) => ({
      id,
      title: title ?? "Checkout fails",
      severity: severity ?? "P1",
      phase: course.resolved === undefined ? "DETECT" : "LEARN",
      service: service === undefined ? "checkout" : service,
      origin: "manual",
      startedAt: after(detected, began === null ? null : -began),
      detectedAt: new Date(detected),
      acknowledgedAt: after(detected, course.acknowledged),
      mitigatedAt: after(detected, course.mitigated),
      resolvedAt: after(detected, course.resolved),
      mergedInto: mergedInto ?? null,
    })),
  });
});
afterAll(() => disconnect());

const metrics = async (query: object = {}, actor = VIEWER): Promise<IncidentMetrics> =>
  (await getIncidentMetrics(actor, { from: FROM, to: TO, ...query })).metrics;

describe("incident metrics", () => {
  it("count the incidents detected within the span, what was merged once", async () => {
    const { dots, all } = await metrics();
    expect(dots.map(({ id }) => id)).toEqual(["INC-1", "INC-2", "INC-3", "INC-4"]);
    expect(all.incidents).toBe(4);
  });

  it("are the hand-computed figures, by severity and service", async () => {
    const { all, bySeverity, byService } = await metrics();
    // TTD 4, 2, 9 min; TTR 20 and 62 min, each from the beginning of the impact.
    expect(all.detectSeconds).toEqual({
      n: 3,
      missing: 1,
      medianSeconds: 240,
      p90Seconds: 540,
      meanSeconds: 300,
      trend: null,
    });
    const [p1, p2] = bySeverity;
    expect(p1!.resolveSeconds).toMatchObject({ n: 2, missing: 0, medianSeconds: 2460, p90Seconds: 3720 });
    expect(p1!.mitigateSeconds).toMatchObject({ n: 2, meanSeconds: (14 * 60 + 32 * 60) / 2 });
    expect(p2!.resolveSeconds).toMatchObject({ n: 0, missing: 2, medianSeconds: null, meanSeconds: null });
    expect(p2!.acknowledgeSeconds).toMatchObject({ n: 1, missing: 1, medianSeconds: 360 });
    expect(byService.map(({ service, incidents }) => [service, incidents])).toEqual([
      ["checkout", 3],
      [null, 1],
    ]);
  });

  it("hold the means against the targets: 41 min is not below 30, 5 min not below 5", async () => {
    const { targets } = await metrics();
    expect(targets.map(({ name, n, meanSeconds, met }) => [name, n, meanSeconds, met])).toEqual([
      ["MTTR of P1", 2, 2460, false],
      ["MTTD", 3, 300, false],
    ]);
  });

  it.each([
    { query: { severity: "P2" }, ids: ["INC-3", "INC-4"] },
    { query: { service: "checkout" }, ids: ["INC-1", "INC-2", "INC-3"] },
    { query: { service: "nobody" }, ids: [] },
    { query: { from: "2026-10-25T00:30:00Z", to: "2026-10-25T00:30:00.001Z" }, ids: ["INC-2"] },
  ])("are filtered by $query", async ({ query, ids }) => {
    expect((await metrics(query)).dots.map(({ id }) => id)).toEqual(ids);
  });

  it("show nothing to whoever is confined to what they may not see", async () => {
    expect((await metrics({}, CONFINED)).all.incidents).toBe(0);
  });

  it.each([
    { from: TO, to: FROM },
    { from: "yesterday" },
    { severity: "P9" },
    { from: "2999-01-01T00:00:00Z" },
  ])("refuse %o, naming the field", async (query) => {
    await expect(getIncidentMetrics(VIEWER, query)).rejects.toMatchObject({ code: "invalid" });
  });

  it("go out as a file that no spreadsheet runs", async () => {
    const answer = await exportIncidentMetrics(VIEWER, { from: FROM, to: TO }, testCaller());
    const lines = (await answer.text()).split("\r\n");
    expect(answer.headers.get("content-disposition")).toContain(
      "burnline-incidents-2026-10-24-2026-10-27.csv",
    );
    expect(lines[1]).toBe("INC-1,Checkout fails,P1,checkout,2026-10-24T10:00:00.000Z,240,120,840,1200");
    expect(lines[3]).toBe("INC-3,Checkout fails,P2,checkout,2026-10-25T12:00:00.000Z,,360,,");
    expect(lines[4]).toContain(`"'=cmd|'/c calc'!A1"`);
    expect(lines).toHaveLength(6);
  });
});
