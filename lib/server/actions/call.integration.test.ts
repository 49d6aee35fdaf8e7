import { spawn } from "node:child_process";
import { createHmac, hkdfSync } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { db } from "#lib/server/db/client.ts";
import { type Catcher, CATCHER_ENVIRONMENT } from "#lib/server/notify/testing/catcher.ts";
import { showKey } from "#lib/server/services/runbook-actions/key.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { endOverdue } from "./call-next.ts";
import { anIncident, ANN, ask, callAll, nowOf, ran, runbook, told, startBench } from "./testing/bench.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SCRIPT = fileURLToPath(new URL("./fixtures/call-actions.ts", import.meta.url));
const bench = startBench();

describe("a call", () => {
  it("is signed under the run's id, and its result stands on the timeline and in the audit log", async () => {
    const incident = await anIncident();
    const name = await runbook(bench);
    const run = await ran(bench, name, { incident });
    expect(run).toMatchObject({
      state: "succeeded",
      detail: "the receiver answered HTTP 200",
      answer: { status: 200, text: "restarted 2 pods" },
      conditions: [{ state: "holds", values: [2] }],
    });
    const [{ headers, text, body } = expect.fail("nobody called")] = bench.receiver.caught;
    expect(bench.receiver.caught).toHaveLength(1);
    expect(headers["idempotency-key"]).toBe(run.id);
    expect(body).toMatchObject({
      version: 1,
      run: run.id,
      runbook: name,
      action: "restart",
      dryRun: false,
      incident,
      service: "checkout",
      node: null,
      askedBy: "ann",
      approvedBy: null,
    });
    // As a receiver would, from the secret and the documented derivation alone.
    const secret = CATCHER_ENVIRONMENT.BURNLINE_SECRET;
    const derived = hkdfSync("sha256", secret, "burnline", `action ${name}/restart v1`, 32);
    const key = Buffer.from(derived).toString("base64url");
    const signed = `${headers["x-burnline-timestamp"] as string}.${text}`;
    const mac = createHmac("sha256", key).update(signed).digest("hex");
    expect(headers["x-burnline-signature"]).toBe(`sha256=${mac}`);
    expect((await showKey(ANN, { name, action: "restart" }, testCaller())).key).toBe(key);
    expect(await told(incident)).toEqual(["asked for", "calling", "succeeded"]);
    const audit = await db().auditEntry.findMany({ where: { resourceId: run.id }, orderBy: { seq: "asc" } });
    expect(audit.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["action-run.approved", "ann"],
      ["action-run.calling", "system"],
      ["action-run.succeeded", "system"],
    ]);
    expect(await db().auditEntry.count({ where: { action: "action-key.shown" } })).toBe(1);
    expect(JSON.stringify(audit)).not.toContain(key);
  });

  it.each<[string, Catcher["respond"], object]>([
    [
      "500: failed, in the receiver's words",
      (response) => void response.writeHead(500).end("no such deployment"),
      {
        state: "failed",
        detail: "the receiver answered HTTP 500: no such deployment",
        answer: { status: 500 },
      },
    ],
    [
      "a redirect: not followed",
      (response) => void response.writeHead(307, { location: "/elsewhere" }).end(),
      { state: "failed", detail: expect.stringContaining("a redirect") },
    ],
    [
      "silence: unknown",
      () => undefined,
      { state: "unknown", detail: expect.stringContaining("may have run") },
    ],
    [
      "too long an answer: unknown",
      (response) => void response.writeHead(200).end("x".repeat(70_000)),
      { state: "unknown", detail: expect.stringContaining("65536 bytes") },
    ],
    [
      "a broken line: unknown",
      (response) => void response.destroy(),
      { state: "unknown", detail: expect.stringContaining("ask the receiver for run") },
    ],
    [
      "a long answer: its first 2,000 characters",
      (response) => void response.writeHead(202).end("y".repeat(3_000)),
      { state: "succeeded", answer: { status: 202, text: "y".repeat(2_000) } },
    ],
  ])("answered with %s", async (_, respond, expected) => {
    bench.receiver.respond = respond;
    expect(await ran(bench, await runbook(bench))).toMatchObject(expected);
    expect(bench.receiver.caught).toHaveLength(1);
    expect(bench.receiver.caught[0]?.path).toBe("/restart");
  });

  it("that reaches nobody has failed; one to an inner address is never made", async () => {
    const closed = await ran(bench, await runbook(bench, { url: "http://127.0.0.1:1/x" }));
    expect(closed).toMatchObject({ state: "failed", detail: expect.stringContaining("ECONNREFUSED") });
    const inner = await ran(bench, await runbook(bench, { url: "http://10.0.0.1/x" }));
    expect(inner).toMatchObject({ state: "failed", detail: expect.stringContaining("not a public address") });
    expect(bench.receiver.caught).toEqual([]);
  });

  it("whose process is killed in the middle is unknown, and is not made again", async () => {
    const incident = await anIncident();
    const { id } = await ask(await runbook(bench, { conditions: [], timeoutSeconds: 60 }), { incident });
    const replica = () =>
      spawn(process.execPath, ["--import", "./register.ts", SCRIPT], {
        cwd: ROOT,
        env: { ...process.env, ...CATCHER_ENVIRONMENT, DATABASE_URL: bench.databaseUrl },
        stdio: "inherit",
      });
    const first = replica();
    bench.receiver.respond = () => void first.kill("SIGKILL");
    await once(first, "exit");
    expect(bench.receiver.caught).toHaveLength(1);
    expect(await nowOf(id)).toMatchObject({ state: "calling" });
    bench.receiver.respond = (response) => void response.writeHead(200).end();
    // Two minutes later: the dead one's lease is over.
    await db()
      .$executeRaw`update action_runs set leased_until = leased_until - interval '2 minutes' where id = ${id}`;
    expect((await once(replica(), "exit"))[0]).toBe(0);
    await endOverdue(new Date());
    expect(await nowOf(id)).toMatchObject({
      state: "unknown",
      detail: `whoever called is gone; it may have run; ask the receiver for run ${id}`,
    });
    await callAll(bench);
    expect(bench.receiver.caught).toHaveLength(1);
    expect(await told(incident)).toEqual(["asked for", "calling", "unknown"]);
  });
});
