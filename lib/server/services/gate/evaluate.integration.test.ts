import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { GateAnswer } from "#lib/contracts/gate.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import type { errorsOf } from "#lib/server/gate/signals.ts";
import { forgetCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { approveRelease } from "#lib/server/services/releases/approve.ts";
import { recomputeDecision } from "#lib/server/services/decisions/recompute.ts";
import { verifyDecisions } from "#lib/server/services/decisions/verify.ts";
import { evaluateAll, makeSlo, writeLedger } from "#lib/server/services/slos/budget-testing.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { evaluateGate } from "./evaluate.ts";

type Heard = Awaited<ReturnType<typeof errorsOf>>;
const heard = vi.hoisted(() => ({ instead: null as Heard | null }));
/** The signal that the sources would give; the real ones are asked where a test sets none. */
vi.mock("#lib/server/gate/signals.ts", async (original) => {
  const real = await original<{ errorsOf: typeof errorsOf }>();
  return {
    ...real,
    errorsOf: async (...asked: Parameters<typeof errorsOf>) =>
      heard.instead ?? (await real.errorsOf(...asked)),
  };
});

const CI = personWith("sre");
const CONFINED: Actor = { ...CI, confinement: [{ label: "namespace", operator: "=", value: "elsewhere" }] };
const DEFINITION = soundDefinition({ name: "availability" });
const SERVICE = DEFINITION.service!;
const SLOTS = 30 * 288;
const MINUTE_MS = 60_000;

let disconnect: () => Promise<void>;

beforeAll(() => vi.stubEnv("PROMETHEUS_URL", "http://127.0.0.1:9"));
afterAll(() => vi.unstubAllEnvs());
async function begin(): Promise<void> {
  disconnect = connectDatabase(await freshDatabase());
  const now = new Date();
  const discovered = {
    ...{ kind: "api", namespace: "shop", nodes: ["ai1"], metricPreset: "prometheus" },
    ...{ tier: null, team: null, dependencies: [], repository: null, environment: null, version: null },
  };
  for (const name of [SERVICE, "bare"])
    await db().service.create({ data: { name, discovered, firstSeenAt: now, lastSeenAt: now } });
  forgetCatalogue();
}
beforeEach(() => {
  heard.instead = { errors: { level: "OK", asOfMs: Date.now() } };
});

/** An SLO whose ledger has so many bad events of a thousand in each of the newest slots, and none before. */
async function measured(badPerSlot: number, newestSlots = SLOTS, nowMs = Date.now()): Promise<string> {
  const id = await makeSlo(DEFINITION);
  await writeLedger(DEFINITION, SLOTS, nowMs, (ago) => ({
    bad: ago <= newestSlots ? badPerSlot : 0,
    total: 1_000,
  }));
  await evaluateAll(nowMs, { bad: badPerSlot, total: 1_000 });
  return id;
}

async function ask(more: object = {}, actor = CI, caller = testCaller()): Promise<GateAnswer> {
  const answer = await evaluateGate(actor, { service: SERVICE, ...more }, caller);
  return GateAnswer.parse(answer instanceof Response ? await answer.json() : answer);
}
const RELEASE = { version: "2.14.0", commit: "0123abc" };
const verify = () => verifyDecisions(VIEWER, {}, testCaller());

describe("the gate on a ledger", () => {
  beforeEach(begin);
  afterEach(() => disconnect());

  it("counts a group that stopped reporting as what nobody knows, however well the others do", async () => {
    const split = { ...DEFINITION, groupBy: ["route"] };
    const [pay, cart] = ['{"route":"/pay"}', '{"route":"/cart"}'];
    await makeSlo(split);
    const [nowMs, fine] = [Date.now(), { bad: 0, total: 1_000 }];
    for (const group of [pay, cart]) await writeLedger(split, SLOTS, nowMs, () => fine, group);
    await evaluateAll(nowMs, fine, [pay, cart]);
    expect(await ask({ declaredRisk: "low" })).toMatchObject({ decision: "approve" });
    await evaluateAll(nowMs, fine, [pay]);
    const answer = await ask({ declaredRisk: "low" });
    expect(answer).toMatchObject({ decision: "review", status: "insufficient_data" });
    expect(answer.rationale).toContain(`${SERVICE}/availability has no data`);
  });

  it("approves what is healthy, with its figures, in headers too, and the record decides the same again", async () => {
    await measured(0);
    const caller = testCaller();
    const answer = await ask({ ...RELEASE, declaredRisk: "low" }, CI, caller);
    expect(answer).toMatchObject({ decision: "approve", status: "healthy", policyVersion: 0, seq: 1 });
    expect(Object.fromEntries(caller.answerHeaders)).toMatchObject({
      "x-burnline-decision": "approve",
      "x-burnline-status": "healthy",
      "x-burnline-release": answer.releaseId,
    });
    expect(await db().release.findMany()).toMatchObject([{ id: answer.releaseId, state: "approved" }]);
    expect(await recomputeDecision(VIEWER, { record: answer.recordId })).toEqual({
      ...{ same: true, recorded: "approve", recomputed: "approve", differences: [], reworded: false },
    });
    const { body } = await db().decisionRecord.findFirstOrThrow();
    const { proof } = body as unknown as {
      proof: { queries: object[]; slots: { bad: unknown[] }; rows: object[] }[];
    };
    expect(proof[0]!.queries.length).toBeGreaterThan(0);
    expect(proof[0]!.slots.bad).toHaveLength(72);
    expect(proof[0]!.rows.length).toBeGreaterThan(0);
  });

  it("blocks a spent budget, and a freeze of nothing does not ease it", async () => {
    await measured(20);
    const answer = await ask(RELEASE);
    expect(answer).toMatchObject({ decision: "block", status: "exhausted" });
    expect(answer.rationale[0]).toMatch(/exhausted/);
    expect(answer.conditions[0]).toMatchObject({ decision: "approve" });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      "whose newest sample is six minutes old",
      () => db().$executeRaw`
        update slo_states set budget = jsonb_set(budget, '{newestSampleMs}', to_jsonb(${Date.now() - 6 * MINUTE_MS}::bigint))`,
      "has data of 6 min ago",
    ],
    [
      "that was evaluated six minutes ago",
      () => db().sloState.updateMany({ data: { evaluatedAt: new Date(Date.now() - 6 * MINUTE_MS) } }),
      "was not evaluated within 5 min",
    ],
    [
      "without a figure",
      () => db().$executeRaw`
        update slo_states set budget = jsonb_set(budget, '{budget,budgetRemainingRatio}', 'null')`,
      "has no figures",
    ],
    ["without a state", () => db().sloState.deleteMany(), "has no data"],
    [
      "of another version",
      () => db().$executeRaw`update slo_states set version = version + 1`,
      "has no data",
    ],
  ])("approves nothing %s", async (_, damage, why) => {
    await measured(0);
    await damage();
    const answer = await ask(RELEASE);
    expect(answer).toMatchObject({ decision: "review", status: "insufficient_data" });
    expect(answer.rationale.join()).toContain(why);
    expect(await db().release.findMany()).toMatchObject([{ state: "waiting", leaseUntil: null }]);
  });

  it("approves nothing while Prometheus is out of reach", async () => {
    await measured(0);
    heard.instead = null;
    const answer = await ask();
    expect(answer).toMatchObject({ decision: "review", status: "insufficient_data" });
    expect(answer.rationale.join()).toContain("the errors signal");
  });

  it("approves no service without an SLO", async () => {
    expect(await ask({ service: "bare" })).toMatchObject({ decision: "review", status: "insufficient_data" });
  });

  it("knows no service that is not there, nor one out of sight, in the same words; and asks for the right", async () => {
    const refusal = async (actor: Actor, service: string) =>
      ask({ service }, actor).catch((error: { code: string; message: string }) => [
        error.code,
        error.message.replaceAll(service, "X"),
      ]);
    expect(await refusal(CI, "nowhere")).toEqual(await refusal(CONFINED, SERVICE));
    expect((await refusal(CI, "nowhere"))[0 as never]).toBe("not_found");
    await expect(ask({}, personWith())).rejects.toMatchObject({ code: "forbidden" });
    expect(await db().decisionRecord.count()).toBe(0);
  });

  it("names what is wrong with a question", async () => {
    await expect(ask({ commit: "main" })).rejects.toMatchObject({ code: "invalid" });
    await expect(ask({ wait: true })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ path: "version" }],
    });
  });

  it("answers 202 and where to look, where somebody has to decide", async () => {
    const caller = testCaller();
    const answer = await evaluateGate(CI, { service: "bare", ...RELEASE, wait: true }, caller);
    expect(answer).toBeInstanceOf(Response);
    const { status, headers } = answer as Response;
    const [release] = await db().release.findMany();
    expect([status, headers.get("location")]).toEqual([202, `/api/v1/releases/${release!.id}`]);
    expect(headers.get("x-burnline-decision")).toBe("review");
  });

  it("asked again with a milder statement decides on the heavier one; a heavier one takes effect", async () => {
    await measured(0);
    const [first, again, more] = [
      await ask({ ...RELEASE, declaredRisk: "medium", change: { migration: true } }),
      await ask({ ...RELEASE, declaredRisk: "low", change: { migration: false } }),
      await ask({ ...RELEASE, declaredRisk: "high" }),
    ];
    expect([first.risk, again.risk, more.risk]).toEqual(["medium", "medium", "high"]);
    expect([first.decision, again.decision, more.decision]).toEqual(["approve", "approve", "review"]);
    expect(again.score).toEqual(first.score);
    expect(await db().release.findMany()).toMatchObject([
      {
        id: first.releaseId,
        state: "waiting",
        request: { declaredRisk: "high", change: { migration: true } },
      },
    ]);
  });

  it("asked at once with statements of every weight ends with the heaviest", async () => {
    await measured(0);
    const risks = ["low", "high", "low", "medium", "low", "low"];
    const asked = await Promise.allSettled(risks.map((declaredRisk) => ask({ ...RELEASE, declaredRisk })));
    // Whoever was overtaken thrice is told to ask again.
    for (const one of asked.filter(({ status }) => status === "rejected"))
      expect(one).toMatchObject({ reason: { code: "conflict" } });
    expect((await ask({ ...RELEASE, declaredRisk: "low" })).decision).toBe("review");
    expect(await db().release.count()).toBe(1);
    expect(await verify()).toMatchObject({ ok: true });
  });

  it("a person's no holds for the commit, however it is asked for again", async () => {
    await measured(0);
    const { releaseId, seq } = await ask({ ...RELEASE, declaredRisk: "high" });
    const no = {
      id: releaseId,
      verdict: "rejected",
      kind: "review",
      reason: "not on a Friday",
      decisionSeq: seq,
    };
    await approveRelease(personWith("release_manager"), no, testCaller());
    const again = await ask({ ...RELEASE, declaredRisk: "low" });
    expect(again.decision).toBe("block");
    expect(again.rationale[0]).toMatch(/^a person said no to this commit on \d{4}-/);
    await db().release.update({ where: { id: again.releaseId! }, data: { state: "withdrawn" } });
    expect((await ask(RELEASE)).decision).toBe("block");
    expect((await ask({ ...RELEASE, commit: "9999abc" })).decision).toBe("approve");
  });

  it("clicked twenty times at once makes one release, twenty records and a whole chain", async () => {
    await measured(0);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(RELEASE)));
    expect(new Set(answers.map(({ releaseId }) => releaseId)).size).toBe(1);
    expect(new Set(answers.map(({ seq }) => seq)).size).toBe(20);
    expect(await db().release.count()).toBe(1);
    const kinds = (await db().decisionRecord.findMany()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "evaluation")).toHaveLength(20);
    expect(kinds.filter((kind) => kind === "lease")).toHaveLength(1);
    expect(await verify()).toMatchObject({ ok: true, records: 21 });
  });
});
