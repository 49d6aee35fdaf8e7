import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { parseSettings } from "#lib/server/env.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, writeSeries } from "#lib/server/testing/write-series.ts";
import { tellDeploys } from "./deploy-facts.ts";

const MINUTE_MS = 60_000;
const NOW = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
const ago = (minutes: number) => new Date(NOW - minutes * MINUTE_MS);

const store = globalThis as unknown as Record<symbol, unknown>;
let prometheus: RealServer;
let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  const sources = [{ kind: "prometheus" as const, name: "default", url: prometheus.url }];
  store[Symbol.for("burnline.settings")] = { value: { ...parseSettings({}), sources } };
  const version = (service: string, version: string, from: number, to: number) => ({
    name: "build_info",
    labels: { service, version, pod: `${service}-${version}-${from}` },
    valueAt: (tMs: number) => (tMs >= NOW - from * MINUTE_MS && tMs < NOW - to * MINUTE_MS ? 1 : NaN),
  });
  await writeSeries(
    prometheus.url,
    [
      version("shop", "v1", 300, 200),
      // Before what may be the cause of an incident of half an hour ago.
      version("shop", "v2", 200, 90),
      version("shop", "v3", 90, 20),
      version("shop", "v2", 20, 0),
      version("cart", "v7", 300, 40),
      version("cart", "v8", 40, -1),
    ],
    { fromMs: NOW - 300 * MINUTE_MS, toMs: NOW, stepMs: 30_000 },
  );
  await incident("INC-open", "shop", 30);
  await incident("INC-ended", "shop", 60, 25);
  await incident("INC-just-ended", "shop", 60, 5);
  await incident("INC-of-a-node", null, 30);
});
afterAll(async () => {
  delete store[Symbol.for("burnline.settings")];
  await Promise.all([prometheus.remove(), disconnect()]);
});

async function incident(
  id: string,
  service: string | null,
  detected: number,
  resolved?: number,
): Promise<void> {
  const phase = resolved === undefined ? "DETECT" : "LEARN";
  const resolvedAt = resolved === undefined ? null : ago(resolved);
  await db().incident.create({
    data: {
      id,
      title: id,
      severity: "P2",
      phase,
      service,
      origin: "manual",
      detectedAt: ago(detected),
      resolvedAt,
    },
  });
}

const look = () => tellDeploys(NOW, AbortSignal.timeout(30_000));
/** What an incident's timeline tells, with the minutes since. */
const told = async (incidentId: string) =>
  (await db().incidentEvent.findMany({ where: { incidentId }, orderBy: { seq: "asc" } })).map(
    ({ at, body }) => {
      const { service, version, text } = body as Record<string, string>;
      return [`${service} ${version}, ${text}`, (NOW - at.getTime()) / MINUTE_MS];
    },
  );

it("tells what came from two hours before detection until the end, each once, whoever looks", async () => {
  const looks = await Promise.all([look(), look(), look()]);
  const both = [
    ["shop v3, was v2", 90],
    ["shop v2, was v3", 20],
  ];
  expect(await told("INC-open")).toEqual(both);
  expect(await told("INC-just-ended")).toEqual(both);
  expect(await told("INC-ended")).toEqual([]);
  expect(await told("INC-of-a-node")).toEqual([]);
  expect(looks.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(await look()).toBe(0);
});
