import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Role } from "#lib/domain/access/permissions.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { forgetCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { listDecisions } from "#lib/server/services/decisions/list.ts";
import { verifyDecisions } from "#lib/server/services/decisions/verify.ts";
import { agreeSpending, listSpending, takeSpendingBack } from "#lib/server/services/spending/spending.ts";
import { VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { endFreeze } from "./cancel.ts";
import { declareFreeze } from "./declare.ts";
import { listFreezes } from "./list.ts";

const person = (id: string, ...roles: Role[]): Actor => ({
  id,
  kind: "person",
  roles,
  scopes: "all",
  confinement: [],
});
const MANAGES = person("manages", "release_manager");
const OWNS = person("owns", "product_owner");
const RUNS = person("runs", "admin");
const confinedTo = (actor: Actor, team: string): Actor => ({
  ...actor,
  confinement: [{ label: "team", operator: "=", value: team }],
});
const caller = testCaller();
let disconnect: () => Promise<void>;

beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  const now = new Date();
  for (const [name, team] of [
    ["checkout", "pay"],
    ["search", "find"],
  ] as const) {
    const discovered = {
      ...{ kind: "api", namespace: "shop", nodes: ["ai1"], metricPreset: "prometheus", environment: null },
      ...{ tier: null, team, dependencies: [], repository: null, version: null },
    };
    await db().service.create({ data: { name, discovered, firstSeenAt: now, lastSeenAt: now } });
  }
  forgetCatalogue();
});
afterAll(() => disconnect());
beforeEach(async () => {
  await db().freezeWindow.deleteMany();
  await db().spendingApproval.deleteMany();
});

const FRIDAYS = {
  ...{ kind: "recurring", rule: "FREQ=WEEKLY;BYDAY=FR", startsAt: "2026-11-20T15:00" },
  ...{ durationMinutes: 540, zone: "Europe/Vienna" },
} as const;
const declare = (more: object = {}, actor = MANAGES) =>
  declareFreeze(
    actor,
    { name: "Friday", reason: "nobody is here", services: [], tiers: [], when: FRIDAYS, ...more },
    caller,
  );

describe("freezes", () => {
  it("are listed with their spans on the wall clock of their zone", async () => {
    await declare();
    const asked = { from: "2027-03-26T00:00:00Z", to: "2027-04-03T00:00:00Z" };
    const { data } = await listFreezes(VIEWER, asked);
    // The clock goes forward on 28 March 2027: 15:00 is 14:00 UTC before and 13:00 UTC after.
    expect(data.freezes[0]?.spans).toEqual([
      { from: "2027-03-26T14:00:00.000Z", to: "2027-03-26T23:00:00.000Z" },
      { from: "2027-04-02T13:00:00.000Z", to: "2027-04-02T22:00:00.000Z" },
    ]);
    const usual = (await listFreezes(VIEWER, {})).data;
    expect(Date.parse(usual.to) - Date.parse(usual.from)).toBe(60 * 86_400_000);
  });

  it.each([
    ["a rule that is none", { when: { ...FRIDAYS, rule: "every friday" } }, "when.rule"],
    ["a rule by the second", { when: { ...FRIDAYS, rule: "FREQ=SECONDLY" } }, "when.rule"],
    [
      "a rule that is over",
      { when: { ...FRIDAYS, rule: "FREQ=DAILY;COUNT=1", startsAt: "2020-01-01T00:00" } },
      "when.rule",
    ],
    ["a day that does not exist", { when: { ...FRIDAYS, startsAt: "2026-02-30T15:00" } }, "when.startsAt"],
    [
      "a time that is past",
      { when: { kind: "once", from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" } },
      "when.to",
    ],
    [
      "an end before the beginning",
      { when: { kind: "once", from: "2027-01-02T00:00:00Z", to: "2027-01-01T00:00:00Z" } },
      "when.to",
    ],
    ["a service that is not there", { services: ["checkout", "nope"] }, "services.1"],
  ])("refuse %s", async (_, more, path) => {
    await expect(declare(more)).rejects.toMatchObject({
      code: "invalid",
      fields: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(await db().freezeWindow.count()).toBe(0);
  });

  it("are cancelled once, by two at once too, and stay on record", async () => {
    const { freeze } = await declare({ services: ["checkout"] });
    const both = await Promise.allSettled([
      endFreeze(MANAGES, { id: freeze.id }, caller),
      endFreeze(RUNS, { id: freeze.id }, caller),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { data } = await listFreezes(VIEWER, { from: new Date(Date.now() - 60_000).toISOString() });
    expect(data.freezes[0]).toMatchObject({ id: freeze.id, active: false, spans: [] });
    expect(data.freezes[0]?.cancelledAt).not.toBeNull();
    const log = await listDecisions(VIEWER, { kind: "freeze", service: "checkout" });
    expect(log.data.decisions.map(({ body }) => body.event)).toEqual(["cancelled", "declared"]);
    expect(await verifyDecisions(VIEWER, {}, caller)).toMatchObject({ ok: true });
  });

  it("are for release managers", async () => {
    await expect(declare({}, VIEWER)).rejects.toMatchObject({ code: "forbidden" });
    const { freeze } = await declare();
    await expect(endFreeze(VIEWER, { id: freeze.id }, caller)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("hold back and show what the asker sees, and no more", async () => {
    const confined = confinedTo(MANAGES, "pay");
    await expect(declare({}, confined)).rejects.toMatchObject({ code: "forbidden" });
    await expect(declare({ services: ["search"] }, confined)).rejects.toMatchObject({ code: "invalid" });
    const own = (await declare({ services: ["checkout"] }, confined)).freeze;
    const theirs = (await declare({ services: ["search"] })).freeze;
    const both = (await declare({ services: ["checkout", "search"] })).freeze;
    const { data } = await listFreezes(confined, {});
    expect(data.freezes.map(({ id, services }) => [id, services])).toEqual([
      [own.id, ["checkout"]],
      [both.id, ["checkout"]],
    ]);
    await expect(endFreeze(confined, { id: theirs.id }, caller)).rejects.toMatchObject({ code: "not_found" });
    await expect(endFreeze(confined, { id: both.id }, caller)).rejects.toMatchObject({ code: "forbidden" });
    await endFreeze(confined, { id: own.id }, caller);
  });
});

describe("agreed spending", () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const agree = (more: object = {}, actor = OWNS) =>
    agreeSpending(
      actor,
      { service: "checkout", amountRatio: 0.25, reason: "the fair", expiresAt: inDays(7), ...more },
      caller,
    );

  it("is kept with who and why, is withdrawn once, and is in the chain", async () => {
    const { spending } = await agree();
    expect(spending).toMatchObject({ amountRatio: 0.25, approvedBy: { id: "owns" }, active: true });
    const both = await Promise.allSettled([
      takeSpendingBack(OWNS, { id: spending.id }, caller),
      takeSpendingBack(RUNS, { id: spending.id }, caller),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { data } = await listSpending(VIEWER, { service: "checkout" });
    expect(data.spending[0]).toMatchObject({ id: spending.id, active: false });
    const log = await listDecisions(VIEWER, { kind: "spending" });
    expect(log.data.decisions.map(({ body }) => body.event)).toEqual(["withdrawn", "agreed"]);
    expect(await verifyDecisions(VIEWER, {}, caller)).toMatchObject({ ok: true });
  });

  it.each([
    ["31 days", { expiresAt: inDays(31) }, "expiresAt"],
    ["the past", { expiresAt: inDays(-1) }, "expiresAt"],
    ["nothing", { amountRatio: 0 }, "amountRatio"],
    ["more than all", { amountRatio: 1.01 }, "amountRatio"],
    ["no reason", { reason: "" }, "reason"],
  ])("refuses %s", async (_, more, path) => {
    await expect(agree(more)).rejects.toMatchObject({
      code: "invalid",
      fields: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });

  it("is for product owners in person, and for services in sight", async () => {
    await expect(agree({}, MANAGES)).rejects.toMatchObject({ code: "forbidden" });
    await expect(agree({}, { ...OWNS, scopes: ["write", "admin"] })).rejects.toMatchObject({
      code: "forbidden",
    });
    const confined = confinedTo(OWNS, "find");
    await expect(agree({}, confined)).rejects.toMatchObject({ code: "not_found" });
    const { spending } = await agree();
    await expect(takeSpendingBack(confined, { id: spending.id }, caller)).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await listSpending(confined, {})).data.spending).toEqual([]);
    expect((await listSpending(confined, { service: "checkout" })).data.spending).toEqual([]);
  });
});
