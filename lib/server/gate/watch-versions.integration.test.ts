import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ReleaseState } from "#lib/contracts/releases.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { parseSettings } from "#lib/server/env.ts";
import { getDora } from "#lib/server/services/releases/dora.ts";
import { getGateRecord } from "#lib/server/services/releases/outcomes.ts";
import { VIEWER } from "#lib/server/testing/actors.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, writeSeries } from "#lib/server/testing/write-series.ts";
import { watchVersions } from "./watch-versions.ts";

const MINUTE_MS = 60_000;
const NOW = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
const COMMIT = "0123abcdef";
const at = (ago: number) => NOW - ago * MINUTE_MS;
const SERVICES = ["rolls", "canary", "other-commit", "back", "gap"];

const store = globalThis as unknown as Record<symbol, unknown>;
let prometheus: RealServer;
let disconnect: () => Promise<void> = () => Promise.resolve();

/** A version that runs from and until so many minutes ago. */
const pod = (service: string, version: string, from: number, to: number, labels: object = {}) => ({
  name: "build_info",
  labels: { service, version, pod: `${version}-${from}`, ...labels },
  valueAt: (tMs: number) => (tMs >= at(from) && tMs < at(to) ? 1 : NaN),
});

beforeAll(async () => {
  prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  const sources = [{ kind: "prometheus" as const, name: "default", url: prometheus.url }];
  store[Symbol.for("burnline.settings")] = { value: { ...parseSettings({}), sources } };
  await writeSeries(
    prometheus.url,
    [
      pod("rolls", "v1", 120, 10),
      pod("rolls", "v2", 20, -1),
      pod("canary", "v1", 120, -1),
      pod("canary", "v2", 20, -1),
      pod("other-commit", "v1", 120, 20),
      pod("other-commit", "v2", 20, -1, { commit: "ffffffffff" }),
      pod("back", "v1", 120, 40),
      pod("back", "v2", 40, 12),
      pod("back", "v1", 12, -1),
      pod("gap", "v1", 120, 40),
      pod("gap", "v1", 20, -1),
    ],
    { fromMs: at(120), toMs: NOW, stepMs: 30_000 },
  );
});
afterAll(async () => {
  delete store[Symbol.for("burnline.settings")];
  await Promise.all([prometheus.remove(), disconnect()]);
});
beforeEach(async () => {
  await disconnect();
  disconnect = connectDatabase(await freshDatabase());
  await db().timelineReader.create({ data: { name: "running versions", seq: BigInt(at(60)) } });
});

const look = (ago = 0) => watchVersions(at(ago), AbortSignal.timeout(60_000));

async function release(service: string, state: ReleaseState, more: object = {}): Promise<void> {
  const asked = { service, version: "v2", commit: COMMIT, request: {}, requestedBy: "x" };
  const lease = state === "approved" ? { leaseBasis: "approve", leaseUntil: new Date(at(-60)) } : {};
  await db().release.create({
    data: { ...asked, ...lease, id: `${service}-v2`, state, requestedAt: new Date(at(50)), ...more },
  });
}
const stateOf = async (service: string) =>
  (await db().release.findUniqueOrThrow({ where: { id: `${service}-v2` } })).state;
const deploymentsOf = (service: string) =>
  db().deployment.findMany({ where: { service }, orderBy: { startedAt: "asc" } });
const recordsOf = async (service: string) =>
  (await db().decisionRecord.findMany({ where: { service }, orderBy: { seq: "asc" } })).map(
    ({ kind, body }) => [kind, (body as { because: string | null }).because],
  );

describe("a version that CI says nothing of", () => {
  it("is the deploy of its release: first in part, then alone, then it is over", async () => {
    await release("rolls", "approved");
    await look(15);
    expect(await stateOf("rolls")).toBe("deploying");
    expect(await deploymentsOf("rolls")).toMatchObject([
      { version: "v2", previous: "v1", source: "build_info", gate: "cleared", state: "running" },
    ]);
    await look();
    expect(await stateOf("rolls")).toBe("deployed");
    const [deployment] = await deploymentsOf("rolls");
    expect(deployment).toMatchObject({
      state: "finished",
      releaseId: "rolls-v2",
      startedAt: new Date(at(20)),
    });
    expect(await recordsOf("rolls")).toEqual([
      ["deploy_started", null],
      ["deploy_finished", null],
    ]);
    expect(await getDora(VIEWER, { service: "rolls" })).toMatchObject({ n: 1, leadTimeSeconds: 50 * 60 });
  });

  it("is told once, however many look and however often", async () => {
    await Promise.all([look(), look(), look()]);
    await look();
    for (const service of SERVICES)
      expect([service, (await deploymentsOf(service)).length]).toEqual([service, service === "gap" ? 0 : 1]);
  });

  it.each<[string, ReleaseState | null, string, string]>([
    ["nobody had asked for", null, "no_release", "nobody had asked for it"],
    ["is blocked", "blocked", "not_cleared", "its release was blocked"],
    ["waits", "waiting", "not_cleared", "its release was waiting"],
    ["was withdrawn", "withdrawn", "not_cleared", "its release was withdrawn"],
  ])("and that %s is on record, and its release says so", async (_, state, gate, because) => {
    if (state) await release("canary", state);
    await look();
    expect(await recordsOf("canary")).toEqual([["deploy_uncleared", because]]);
    expect(await deploymentsOf("canary")).toMatchObject([{ gate, state: "running" }]);
    expect(await getGateRecord(VIEWER, { service: "canary" })).toMatchObject({ wentOutUncleared: 1 });
    if (state === null) return;
    const { state: now, haltReason } = await db().release.findUniqueOrThrow({ where: { id: "canary-v2" } });
    const over = state === "withdrawn";
    expect([now, haltReason]).toEqual(
      over ? ["withdrawn", null] : ["deploying", `it went out without the gate: ${because}`],
    );
  });

  it("is another one where its pods name another commit", async () => {
    await release("other-commit", "approved");
    await look();
    expect(await stateOf("other-commit")).toBe("approved");
    expect(await recordsOf("other-commit")).toEqual([
      ["deploy_uncleared", `it was asked for as ${COMMIT}, what runs is ffffffffff`],
    ]);
  });

  it("is rolled back when the one before is back, which is no deployment of its own", async () => {
    await release("back", "approved");
    await look(30);
    expect(await stateOf("back")).toBe("deployed");
    await look();
    expect(await stateOf("back")).toBe("rolled_back");
    expect(await deploymentsOf("back")).toMatchObject([{ version: "v2", state: "rolled_back" }]);
    expect(await getDora(VIEWER, { service: "back" })).toMatchObject({ n: 1, changeFailureRatio: 1 });
  });

  it("is nothing new where CI told of it; CI ends what CI began", async () => {
    await release("rolls", "deploying", { deployStartedAt: new Date(at(22)) });
    const told = { service: "rolls", version: "v2", source: "ci", releaseId: "rolls-v2", gate: "cleared" };
    await db().deployment.create({
      data: { ...told, id: "ci", startedAt: new Date(at(22)), state: "running" },
    });
    await look();
    expect(await deploymentsOf("rolls")).toMatchObject([{ id: "ci", previous: "v1", state: "running" }]);
    expect(await stateOf("rolls")).toBe("deploying");
    expect(await recordsOf("rolls")).toEqual([]);
  });
});

it("the first look ever only notes when it was: what ran before Burnline did went out without it", async () => {
  await db().timelineReader.deleteMany();
  await look(15);
  expect(await db().deployment.count()).toBe(0);
  expect(await db().timelineReader.findMany()).toEqual([{ name: "running versions", seq: BigInt(at(15)) }]);
});
