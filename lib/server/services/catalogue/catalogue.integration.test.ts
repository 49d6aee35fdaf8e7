import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { DiscoveredService } from "#lib/contracts/catalogue.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { ADMIN, personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { knownService } from "#lib/server/panels/known-service.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { getCatalogueService } from "./get.ts";
import { listCatalogue } from "./list.ts";
import { recordDiscovered } from "./record-discovered.ts";
import { updateCatalogueService } from "./update.ts";

const NINE = new Date("2026-11-20T09:00:00.000Z");
const TEN = new Date("2026-11-20T10:00:00.000Z");

const CHECKOUT: DiscoveredService = {
  name: "checkout",
  kind: "api",
  namespace: "shop",
  nodes: ["ai1"],
  metricPreset: "prometheus",
  tier: "critical",
  team: "pay",
  dependencies: ["auth"],
};
const update = (input: object) =>
  updateCatalogueService(ADMIN, { service: "checkout", ...input }, testCaller());
const checkout = () => getCatalogueService(ADMIN, { service: "checkout" });

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
afterEach(() => vi.restoreAllMocks());
beforeEach(async () => {
  await db().service.deleteMany();
  await recordDiscovered(SYSTEM_ACTOR, [CHECKOUT], NINE);
});

describe("record-discovered", () => {
  it("makes an entry with the values seen and nothing invented", async () => {
    expect(await checkout()).toEqual({
      ...CHECKOUT,
      environment: null,
      owner: null,
      repository: null,
      metricOverrides: {},
      thresholds: {},
      firstSeenAt: "2026-11-20T09:00:00.000Z",
      lastSeenAt: "2026-11-20T09:00:00.000Z",
      version: 1,
    });
  });

  it("moves the last sighting, keeps the first, and counts no edit", async () => {
    await recordDiscovered(SYSTEM_ACTOR, [{ ...CHECKOUT, nodes: ["ai2"] }], TEN);
    expect(await checkout()).toMatchObject({
      nodes: ["ai2"],
      firstSeenAt: "2026-11-20T09:00:00.000Z",
      lastSeenAt: "2026-11-20T10:00:00.000Z",
      version: 1,
    });
  });

  it("does the same when told twice", async () => {
    await recordDiscovered(SYSTEM_ACTOR, [CHECKOUT], TEN);
    const once = await listCatalogue(ADMIN);
    await recordDiscovered(SYSTEM_ACTOR, [CHECKOUT], TEN);
    expect(await listCatalogue(ADMIN)).toEqual(once);
  });

  it("lets a late replica's older sighting change nothing", async () => {
    await recordDiscovered(SYSTEM_ACTOR, [{ ...CHECKOUT, team: "new" }], TEN);
    await recordDiscovered(SYSTEM_ACTOR, [{ ...CHECKOUT, team: "old" }], NINE);
    expect(await checkout()).toMatchObject({ team: "new", lastSeenAt: "2026-11-20T10:00:00.000Z" });
  });

  it("never overwrites what a person set, not even their null", async () => {
    await update({ version: 1, team: "core", tier: null, nodes: [] });
    await recordDiscovered(SYSTEM_ACTOR, [{ ...CHECKOUT, team: "x", namespace: "moved" }], TEN);
    expect(await checkout()).toMatchObject({
      team: "core",
      tier: null,
      nodes: [],
      namespace: "moved",
      version: 2,
    });
  });

  it("takes a thousand services from each of two replicas at once, in opposite order", async () => {
    const all = Array.from({ length: 1000 }, (_, n) => ({ ...CHECKOUT, name: `service-${n}` }));
    await Promise.all([
      recordDiscovered(SYSTEM_ACTOR, all, TEN),
      recordDiscovered(SYSTEM_ACTOR, all.toReversed(), TEN),
    ]);
    expect(await listCatalogue(ADMIN)).toHaveLength(1001);
  });

  it("refuses a service that cannot be kept and records the others", async () => {
    const nul = { ...CHECKOUT, name: "a\u0000b" };
    const half = { ...CHECKOUT, name: "c", team: "\ud800" };
    const strange = { ...CHECKOUT, name: `a"}or vector(1)#'; drop table services; --` };
    const { recorded, refused } = await recordDiscovered(SYSTEM_ACTOR, [nul, strange, half], TEN);
    expect(recorded).toBe(1);
    expect(refused.map(({ path }) => path)).toEqual(["0.name", "2.team"]);
    expect((await listCatalogue(ADMIN)).map(({ name }) => name)).toEqual([strange.name, "checkout"]);
  });
});

describe("update", () => {
  it("changes the fields it names, counts the version up and answers the whole", async () => {
    await update({ version: 1, owner: "ada", thresholds: { latencyP99Seconds: 0.8 } });
    const updated = await update({ version: 2, kind: "web" });
    expect(updated).toMatchObject({
      owner: "ada",
      kind: "web",
      thresholds: { latencyP99Seconds: 0.8 },
      version: 3,
    });
    expect(updated).toEqual(await checkout());
  });

  it("lets exactly one of two racing edits win; the other learns the current state", async () => {
    for (let round = 0; round < 20; round++) {
      const { version } = await checkout();
      const race = ["a", "b"].map((team) => update({ version, team }));
      const outcomes = await Promise.allSettled(race);
      const won = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
      const lost = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
      expect(won).toHaveLength(1);
      expect(lost).toEqual([expect.objectContaining({ code: "conflict", current: won[0] })]);
      expect(await checkout()).toEqual(won[0]);
    }
  });

  it("answers a stale version with the current state and writes nothing", async () => {
    const current = await update({ version: 1, team: "core" });
    await expect(update({ version: 1, team: "late" })).rejects.toMatchObject({ code: "conflict", current });
    expect(await checkout()).toEqual(current);
  });

  it("lets dependencies name services nobody has seen", async () => {
    expect(await update({ version: 1, dependencies: ["mainframe"] })).toMatchObject({
      dependencies: ["mainframe"],
    });
  });

  it.each<[string, object, string]>([
    ["itself as a dependency", { dependencies: ["auth", "checkout"] }, "dependencies"],
    ["a tier there is not", { tier: "gold" }, "tier"],
    ["a repository that is no web address", { repository: "javascript:alert(1)" }, "repository"],
    ["a NUL byte", { team: "a\u0000b" }, "team"],
    ["half a surrogate pair", { owner: "\udc00" }, "owner"],
    ["a threshold of nothing", { thresholds: { latencyP99Seconds: 0 } }, "thresholds.latencyP99Seconds"],
    ["a metric name with a quote", { metricOverrides: { requests: 'a"b' } }, "metricOverrides.requests"],
    ["a version of text", { version: "1" }, "version"],
  ])("refuses %s, naming the field, and writes nothing", async (_, patch, path) => {
    const before = await checkout();
    await expect(update({ version: 1, ...patch })).rejects.toMatchObject({
      code: "invalid",
      fields: [expect.objectContaining({ path })],
    });
    expect(await checkout()).toEqual(before);
  });

  it("refuses a field that is no part of the catalogue", async () => {
    await expect(update({ version: 1, firstSeenAt: NINE })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("list", () => {
  it("is read once for all who ask at once or within a second, then anew", async () => {
    const reads = vi.spyOn(db().service, "findMany");
    await Promise.all([listCatalogue(ADMIN), knownService(VIEWER, "checkout"), listCatalogue(VIEWER)]);
    await knownService(ADMIN, "checkout");
    expect(reads).toHaveBeenCalledTimes(1);
    const laterMs = performance.now() + 1_001;
    vi.spyOn(performance, "now").mockReturnValue(laterMs);
    await listCatalogue(ADMIN);
    expect(reads).toHaveBeenCalledTimes(2);
  });

  it("shows an edit and a discovery of its own process at once", async () => {
    expect(await listCatalogue(ADMIN)).toMatchObject([{ owner: null }]);
    const overtaken = listCatalogue(ADMIN);
    await update({ version: 1, owner: "ada" });
    expect(await listCatalogue(ADMIN)).toMatchObject([{ owner: "ada" }]);
    await overtaken;
    await recordDiscovered(SYSTEM_ACTOR, [{ ...CHECKOUT, name: "auth" }], TEN);
    expect(await listCatalogue(ADMIN)).toMatchObject([{ name: "auth" }, { owner: "ada" }]);
  });

  it("does not keep a failure", async () => {
    vi.spyOn(db().service, "findMany").mockRejectedValueOnce(new Error("gone"));
    await expect(listCatalogue(ADMIN)).rejects.toThrow("gone");
    expect(await listCatalogue(ADMIN)).toHaveLength(1);
  });

  it("authorises each caller before it answers, and knows no service by half a name", async () => {
    await listCatalogue(ADMIN);
    await expect(listCatalogue(personWith())).rejects.toMatchObject({ code: "forbidden" });
    await expect(knownService(ADMIN, "check\u0000")).rejects.toMatchObject({
      code: "not_found",
      fields: [expect.objectContaining({ path: "params.service" })],
    });
  });
});

describe("who and what", () => {
  it("knows no service that was never seen", async () => {
    const unseen = { service: "nobody" };
    await expect(getCatalogueService(ADMIN, unseen)).rejects.toMatchObject({ code: "not_found" });
    await expect(
      updateCatalogueService(ADMIN, { ...unseen, version: 1 }, testCaller()),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("names the field of a name that cannot be", async () => {
    await expect(getCatalogueService(ADMIN, { service: "a\u0000" })).rejects.toMatchObject({
      code: "invalid",
      fields: [expect.objectContaining({ path: "service" })],
    });
  });

  it("lets a viewer read and not write", async () => {
    expect(await listCatalogue(VIEWER)).toHaveLength(1);
    await expect(
      updateCatalogueService(VIEWER, { service: "checkout", version: 1 }, testCaller()),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(recordDiscovered(VIEWER, [], NINE)).rejects.toMatchObject({ code: "forbidden" });
  });
});
