import { describe, expect, it } from "vitest";
import { endOverdue } from "#lib/server/actions/call-next.ts";
import {
  anIncident,
  ANN,
  approve,
  ask,
  BEN,
  callAll,
  CAT,
  nowOf,
  ran,
  runbook,
  told,
  startBench,
} from "#lib/server/actions/testing/bench.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { db } from "#lib/server/db/client.ts";
import { putRunbook } from "#lib/server/services/runbooks/save.ts";
import { VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { showKey } from "./key.ts";
import { getRun, listRuns } from "./list.ts";
import { refuseRun } from "./refuse.ts";

const CONFINED: Actor = { ...ANN, confinement: [{ label: "service", operator: "=", value: "search" }] };
const bench = startBench();

describe("approval", () => {
  it("is given once by somebody else with the role, and then it runs", async () => {
    const incident = await anIncident();
    const { id, ...asked } = await ask(await runbook(bench, { approvalBy: "release_manager" }), { incident });
    expect(asked).toMatchObject({
      state: "awaiting_approval",
      mayApprove: false,
      expiresAt: expect.any(String),
    });
    expect((await getRun(CAT, { id })).run.mayApprove).toBe(true);
    await callAll(bench);
    expect(bench.receiver.caught).toEqual([]);
    await expect(approve(id, BEN)).rejects.toMatchObject({ code: "forbidden" });
    await expect(approve(id, { ...ANN, roles: ["admin"] })).rejects.toMatchObject({ code: "forbidden" });
    await expect(approve(id, VIEWER)).rejects.toMatchObject({ code: "forbidden" });
    await expect(approve(id, { ...CAT, scopes: ["read"] })).rejects.toMatchObject({ code: "forbidden" });
    const answers = await Promise.allSettled([approve(id, CAT), approve(id, { ...CAT, id: "dan" })]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await callAll(bench);
    expect(bench.receiver.caught).toHaveLength(1);
    expect(await nowOf(id)).toMatchObject({ state: "succeeded" });
    expect(await told(incident)).toEqual(["awaiting_approval", "approved", "calling", "succeeded"]);
  });

  it("is not needed for a dry run, which says that it is one", async () => {
    expect(await ran(bench, await runbook(bench, { approvalBy: "sre" }), { dryRun: true })).toMatchObject({
      state: "succeeded",
    });
    expect(bench.receiver.caught.map(({ body }) => body.dryRun)).toEqual([true]);
  });

  it("may be refused by whoever could give it, and the asker may take the ask back", async () => {
    const name = await runbook(bench, { approvalBy: "sre" });
    const [first, second] = [await ask(name), await ask(name)];
    const no = (actor: Actor, id: string) => refuseRun(actor, { id, reason: "not now" }, testCaller());
    await expect(no(CAT, first.id)).rejects.toMatchObject({ code: "forbidden" });
    expect((await no(BEN, first.id)).run).toMatchObject({ state: "refused", detail: "not now" });
    expect((await no(ANN, second.id)).run).toMatchObject({ state: "refused" });
    await expect(approve(first.id)).rejects.toMatchObject({ code: "conflict" });
  });

  it("ends after half an hour, and is for the runbook that was asked for", async () => {
    const name = await runbook(bench, { approvalBy: "sre" });
    const [late, changed] = [await ask(name), await ask(name)];
    await db().actionRun.update({
      where: { id: late.id },
      data: { askedAt: new Date(Date.now() - 30 * 60_000) },
    });
    await expect(approve(late.id)).rejects.toMatchObject({ code: "conflict" });
    await endOverdue(new Date());
    expect(await nowOf(late.id)).toMatchObject({
      state: "expired",
      detail: "nobody agreed within 30 minutes",
    });
    const document = { title: name, markdown: "# y", actions: [] };
    await putRunbook(ANN, { name, version: 1, ...document }, testCaller());
    await expect(approve(changed.id)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("was changed"),
    });
  });

  it("once given is not acted on later out of the blue, nor for another runbook", async () => {
    const name = await runbook(bench);
    const [late, changed] = [await ask(name), await ask(name)];
    const ago = new Date(Date.now() - 3 * 60_000);
    await db().actionRun.update({ where: { id: late.id }, data: { approvedAt: ago } });
    await putRunbook(ANN, { name, version: 1, title: name, markdown: "# y", actions: [] }, testCaller());
    await callAll(bench);
    await endOverdue(new Date());
    expect(await nowOf(late.id)).toMatchObject({ state: "expired" });
    expect(await nowOf(changed.id)).toMatchObject({
      state: "refused",
      detail: expect.stringContaining("was changed"),
    });
    expect(bench.receiver.caught).toEqual([]);
  });
});

describe("who and what", () => {
  it("lets whoever is limited by labels run for services that they see, and look at those runs alone", async () => {
    const name = await runbook(bench, { conditions: [] });
    await expect(ask(name, {}, CONFINED)).rejects.toMatchObject({ code: "not_found" });
    const { id } = await ask(name, { service: "search" }, CONFINED);
    const other = await ask(name, { service: "checkout" }, BEN);
    const { runs } = await listRuns(CONFINED, { runbook: name });
    expect(runs.map((run) => run.id)).toEqual([id]);
    await expect(getRun(CONFINED, { id: other.id })).rejects.toMatchObject({ code: "not_found" });
    const free = await runbook(bench, { conditions: [], target: "none" });
    await expect(ask(free, { service: null }, CONFINED)).rejects.toMatchObject({ code: "forbidden" });
    await expect(showKey(CONFINED, { name, action: "restart" }, testCaller())).rejects.toMatchObject({
      code: "forbidden",
    });
    await callAll(bench);
  });

  it("takes the target that the action is for, of a runbook as it was seen", async () => {
    const name = await runbook(bench);
    await expect(ask(name, { service: null })).rejects.toMatchObject({ code: "invalid" });
    await expect(ask(name, { node: "ai1" })).rejects.toMatchObject({ code: "invalid" });
    await expect(ask(name, { service: "nobody" })).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(name, { version: 2 })).rejects.toMatchObject({ code: "conflict" });
    await expect(ask(name, { action: "rollback" })).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(name, { incident: "INC-1" })).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(name, {}, VIEWER)).rejects.toMatchObject({ code: "forbidden" });
    expect(await db().actionRun.count({ where: { runbook: name } })).toBe(0);
  });

  it("gives each action and each version of its key another key", async () => {
    const key = async (name: string) => (await showKey(ANN, { name, action: "restart" }, testCaller())).key;
    const keys = [await runbook(bench), await runbook(bench), await runbook(bench, { keyVersion: 2 })].map(
      key,
    );
    expect(new Set(await Promise.all(keys)).size).toBe(3);
  });
});
