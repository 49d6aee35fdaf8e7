import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LedgerEntry } from "#lib/contracts/slo-entries.ts";
import { SLOT_MS } from "#lib/domain/slo/slots/slot.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { ADMIN, personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { makeSlo, writeLedger } from "../budget-testing.ts";
import { createSlo } from "../create.ts";
import { addEntry } from "./add.ts";
import { approveEntry } from "./approve.ts";
import { listEntries } from "./list.ts";
import { withdrawEntry } from "./withdraw.ts";

const HOUR = 3_600_000;
const OWNER = personWith("product_owner");
const SRE = personWith("sre");
const OWNERS_TOKEN: Actor = { ...OWNER, kind: "token", tokenId: "t1", scopes: ["read", "write"] };

let disconnect: () => Promise<void>;
let slo = "";
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(async () => {
  await db().sloEntry.deleteMany();
  const name = `slo-${crypto.randomUUID()}`;
  slo = (await createSlo(ADMIN, { definition: soundDefinition({ name }) }, testCaller())).id;
});

const exclusion = (fromHours: number) => ({
  kind: "exclusion",
  window: {
    kind: "one_off",
    startMs: Date.now() + fromHours * HOUR,
    endMs: Date.now() + (fromHours + 1) * HOUR,
    reason: "new switch",
  },
});
const correction = () => ({
  kind: "correction",
  fromMs: Date.now() - 2 * HOUR,
  toMs: Date.now() - HOUR,
  badDelta: -12,
  totalDelta: 0,
  reason: "a load test without its label",
});
const add = (actor: Actor, fact: object) => addEntry(actor, { id: slo, fact }, testCaller());
const approve = (actor: Actor, { id }: LedgerEntry) =>
  approveEntry(actor, { id: slo, entry: id }, testCaller());
const withdraw = (actor: Actor, { id }: LedgerEntry) =>
  withdrawEntry(actor, { id: slo, entry: id }, testCaller());
const states = async () => (await listEntries(VIEWER, { id: slo })).entries.map(({ state }) => state);

async function audited(): Promise<string[]> {
  const records = await db().auditEntry.findMany({ where: { resourceId: slo }, orderBy: { seq: "asc" } });
  return records.map(({ action }) => action).filter((action) => action.startsWith("slo.entry"));
}

describe("adding", () => {
  it("puts what lies ahead in force at once for who may publish", async () => {
    expect(await add(OWNER, exclusion(1))).toMatchObject({
      state: "in_force",
      by: { id: OWNER.id, name: null },
      approvedBy: null,
    });
    expect(await audited()).toEqual(["slo.entry_added"]);
  });

  it.each<[string, Actor, () => object]>([
    ["a retroactive exclusion", OWNER, () => exclusion(-1)],
    ["a correction", ADMIN, correction],
    ["an exclusion that an SRE asks for", SRE, () => exclusion(1)],
  ])("lets %s wait for a second person", async (_, actor, fact) => {
    expect((await add(actor, fact())).state).toBe("proposed");
    expect(await audited()).toEqual(["slo.entry_proposed"]);
  });

  it("takes a note from an SRE", async () => {
    expect((await add(SRE, { kind: "note", fromMs: Date.now(), reason: "new cache" })).state).toBe(
      "in_force",
    );
  });

  it("shows the newest first", async () => {
    const first = await add(SRE, { kind: "note", fromMs: Date.now(), reason: "one" });
    const second = await add(SRE, { kind: "note", fromMs: Date.now(), reason: "two" });
    const { entries } = await listEntries(VIEWER, { id: slo });
    expect(entries.map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  it("refuses a correction that what was counted cannot bear, naming the field and the counts", async () => {
    const definition = soundDefinition({ name: `counted-${crypto.randomUUID()}` });
    slo = await makeSlo(definition);
    await writeLedger(definition, 36, Date.now(), () => ({ bad: 2, total: 1_000 }));
    const refusal = (change: object) =>
      add(ADMIN, { ...correction(), ...change }).then(
        () => null,
        (error: { fields: { path: string }[] }) => error.fields.map(({ path }) => path),
      );
    expect(await refusal({ badDelta: -1_000_000, totalDelta: -1_000_000_000 })).toEqual(["fact.totalDelta"]);
    expect(await refusal({ badDelta: -100, totalDelta: 0 })).toEqual(["fact.badDelta"]);
    expect(await refusal({ badDelta: 1_000_000, totalDelta: 0 })).toEqual(["fact.badDelta"]);
    expect(await refusal({ badDelta: -20, totalDelta: -500 })).toBeNull();
  });

  it.each<[string, object, string]>([
    [
      "an exclusion that ends first",
      { ...exclusion(1), window: { ...exclusion(1).window, endMs: 5 } },
      "fact.window.endMs",
    ],
    ["a correction of the future", { ...correction(), toMs: Date.now() + SLOT_MS }, "fact.toMs"],
    ["a fact of no kind", { kind: "wish" }, "fact.kind"],
    ["a reason of nothing", { ...correction(), reason: " " }, "fact.reason"],
    ["a number that is none", { ...correction(), badDelta: null }, "fact.badDelta"],
  ])("refuses %s, naming the field, and keeps nothing", async (_, fact, path) => {
    await expect(add(ADMIN, fact)).rejects.toMatchObject({
      code: "invalid",
      fields: expect.arrayContaining([expect.objectContaining({ path })]) as unknown,
    });
    expect(await states()).toEqual([]);
    expect(await audited()).toEqual([]);
  });

  it("refuses to correct a journey, which counts nothing itself", async () => {
    const [step] = (await db().slo.findMany({ where: { id: slo } })).map(({ key }) => key);
    const journey = soundDefinition({
      name: `journey-${crypto.randomUUID()}`,
      service: null,
      sli: {
        kind: "composite",
        combine: "serial",
        businessImpact: "high",
        steps: [{ name: "Pay", slo: step ?? "", onCriticalPath: true }],
      },
    });
    slo = (await createSlo(ADMIN, { definition: journey }, testCaller())).id;
    await expect(add(ADMIN, correction())).rejects.toMatchObject({ code: "invalid" });
    expect((await add(ADMIN, exclusion(1))).state).toBe("in_force");
  });

  it("refuses what no SLO has, and whoever may not", async () => {
    const nowhere = { id: "nowhere", fact: correction() };
    await expect(addEntry(ADMIN, nowhere, testCaller())).rejects.toMatchObject({ code: "not_found" });
    await expect(add(VIEWER, correction())).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("agreeing", () => {
  it("puts a proposal in force and names both", async () => {
    const entry = await add(OWNER, correction());
    expect(await approve(ADMIN, entry)).toMatchObject({
      state: "in_force",
      by: { id: OWNER.id },
      approvedBy: { id: ADMIN.id },
    });
    expect(await audited()).toEqual(["slo.entry_proposed", "slo.entry_approved"]);
  });

  it.each<[string, Actor]>([
    ["its author", OWNER],
    ["a token of its author", OWNERS_TOKEN],
    ["an SRE", SRE],
  ])("is not for %s", async (_, actor) => {
    const entry = await add(OWNER, correction());
    await expect(approve(actor, entry)).rejects.toMatchObject({ code: "forbidden" });
    expect(await states()).toEqual(["proposed"]);
  });

  it("counts once, even when two are equally fast", async () => {
    const entry = await add(OWNER, correction());
    const both = [approve(ADMIN, entry), approve({ ...ADMIN, id: "admin-2" }, entry)];
    const outcomes = (await Promise.allSettled(both)).map(({ status }) => status);
    expect(outcomes.sort()).toEqual(["fulfilled", "rejected"]);
    await expect(approve(ADMIN, entry)).rejects.toMatchObject({ code: "conflict" });
    expect(await audited()).toEqual(["slo.entry_proposed", "slo.entry_approved"]);
  });

  it("does not reach entries through another SLO", async () => {
    const entry = await add(OWNER, correction());
    const other = (
      await createSlo(
        ADMIN,
        { definition: soundDefinition({ name: `o-${crypto.randomUUID()}` }) },
        testCaller(),
      )
    ).id;
    const through = { id: other, entry: entry.id };
    await expect(approveEntry(ADMIN, through, testCaller())).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("withdrawing", () => {
  it("leaves a proposal in the list, withdrawn", async () => {
    const entry = await add(SRE, correction());
    expect((await withdraw(SRE, entry)).state).toBe("withdrawn");
    expect(await states()).toEqual(["withdrawn"]);
    await expect(withdraw(ADMIN, entry)).rejects.toMatchObject({ code: "conflict" });
    await expect(approve(ADMIN, entry)).rejects.toMatchObject({ code: "conflict" });
  });

  it("of what lies ahead is for its author too", async () => {
    expect((await withdraw(OWNER, await add(OWNER, exclusion(1)))).state).toBe("withdrawn");
  });

  it("of what changed the past is for another person than its author, also with a token", async () => {
    const entry = await add(OWNER, correction());
    await approve(ADMIN, entry);
    for (const actor of [OWNER, OWNERS_TOKEN, SRE]) {
      await expect(withdraw(actor, entry)).rejects.toMatchObject({ code: "forbidden" });
    }
    expect((await withdraw(ADMIN, entry)).state).toBe("withdrawn");
    expect(await audited()).toEqual(["slo.entry_proposed", "slo.entry_approved", "slo.entry_withdrawn"]);
  });
});
