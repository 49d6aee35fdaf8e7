import { describe, expect, it } from "vitest";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import { listOffers } from "#lib/server/services/runbook-actions/offers.ts";
import { VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { until } from "#lib/server/testing/real-servers.ts";
import {
  anIncident,
  approve,
  ask,
  callAll,
  nowOf,
  ran,
  READY,
  runbook,
  told,
  startBench,
} from "./testing/bench.ts";

const bench = startBench();

describe("conditions", () => {
  const no = (query: string): Partial<GuardedAction> => ({ conditions: [{ ...READY, query }] });

  it.each<[string, string, object]>([
    ["that are not so", 'ready{service="search"}', { state: "fails", why: "0 is not >= 1" }],
    ["of which one series is not so", "mixed", { state: "fails", why: "0 is not >= 1 (1 of 2 series)" }],
    ["without a number", "nothing", { state: "no_data", why: "the value is not a number" }],
    ["without a series", "no_such_metric", { state: "no_data", why: "no series matches" }],
    ["that name what is not there", 'up{node="$node"}', { state: "no_data", why: "it needs a node" }],
    ["that cannot be read", "sum(", { state: "no_data", why: expect.stringContaining("syntax error") }],
  ])("%s refuse the run, dry or not, and are kept with why", async (_, query, condition) => {
    const incident = await anIncident();
    const name = await runbook(bench, no(query));
    for (const dryRun of [false, true]) {
      const run = await ran(bench, name, { incident, dryRun });
      expect(run).toMatchObject({ state: "refused", conditions: [condition], answer: null });
      expect(run.detail).toContain("does not hold: one is ready");
    }
    expect(bench.receiver.caught).toEqual([]);
    expect(await told(incident)).toEqual(["refused", "refused"]);
  });

  it("do not hold while Prometheus is down, though they just did", async () => {
    const name = await runbook(bench);
    expect(await ask(name, { dryRun: true })).toMatchObject({ state: "approved" });
    const waiting = await ask(await runbook(bench, { approvalBy: "sre" }));
    const late = await ask(name);
    await bench.prometheus.stop();
    try {
      expect(await ask(name)).toMatchObject({ state: "refused", conditions: [{ state: "no_data" }] });
      expect(await approve(waiting.id)).toMatchObject({
        state: "refused",
        detail: expect.stringContaining("not hold"),
      });
      // Let go while all was well; it is looked at once more before the call.
      await callAll(bench);
      expect(await nowOf(late.id)).toMatchObject({ state: "refused", conditions: [{ state: "no_data" }] });
      expect(bench.receiver.caught).toEqual([]);
    } finally {
      await bench.prometheus.start();
    }
  });

  it("are shown with what they show now, and how much of the limit is used", async () => {
    await until(async () => (await ask(await runbook(bench), { dryRun: true })).state === "approved");
    const name = await runbook(bench, { limit: { runs: 1, perMinutes: 5 } });
    await ran(bench, name);
    const { runbooks } = await listOffers(VIEWER, { runbook: name, service: "search" }, testCaller());
    expect(runbooks).toMatchObject([
      {
        runbook: name,
        version: 1,
        service: "search",
        actions: [
          {
            conditions: [{ query: 'ready{service="search"}', state: "fails", values: [0] }],
            limit: { used: 1, freeAt: expect.any(String) },
            runs: [{ state: "succeeded" }],
          },
        ],
      },
    ]);
  });
});

describe("the limit", () => {
  it("lets three of twenty double clicks through", async () => {
    const name = await runbook(bench);
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => ask(name)));
    const refusals = asked.flatMap((one) => (one.status === "rejected" ? [one.reason as object] : []));
    expect(refusals).toHaveLength(17);
    for (const one of refusals)
      expect(one).toMatchObject({ code: "rate_limited", retryAfterSeconds: expect.any(Number) });
    await callAll(bench);
    expect(bench.receiver.caught).toHaveLength(3);
    expect(await ran(bench, name, { dryRun: true })).toMatchObject({ state: "succeeded" });
  });

  it("counts what was let go, however many wait", async () => {
    const name = await runbook(bench, { approvalBy: "sre", limit: { runs: 2, perMinutes: 60 } });
    const waiting = await Promise.all(Array.from({ length: 6 }, () => ask(name)));
    const answers = await Promise.allSettled(waiting.map(({ id }) => approve(id)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    await callAll(bench);
    expect(bench.receiver.caught).toHaveLength(2);
  });

  it("does not count dry runs, nor what was refused", async () => {
    const name = await runbook(bench, { limit: { runs: 1, perMinutes: 60 } });
    await ran(bench, name, { dryRun: true });
    expect(await ran(bench, name, { service: "search" })).toMatchObject({ state: "refused" });
    expect(await ran(bench, name)).toMatchObject({ state: "succeeded" });
    await expect(ask(name)).rejects.toMatchObject({ code: "rate_limited" });
  });
});
