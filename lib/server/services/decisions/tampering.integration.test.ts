import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { GateAnswer } from "#lib/contracts/gate.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { forgetCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { evaluateGate } from "#lib/server/services/gate/evaluate.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { recomputeDecision } from "./recompute.ts";
import { verifyDecisions } from "./verify.ts";

const CI = personWith("sre");
const verify = () => verifyDecisions(VIEWER, {}, testCaller());
let disconnect: () => Promise<void>;

describe("a log that was tampered with", () => {
  const tamper = async (...statements: string[]) => {
    const all = ["alter table decision_records disable trigger user", ...statements];
    for (const statement of [...all, "alter table decision_records enable trigger user"])
      await db().$executeRawUnsafe(statement);
  };
  let answers: GateAnswer[];

  beforeAll(async () => {
    vi.stubEnv("PROMETHEUS_URL", "http://127.0.0.1:9");
    disconnect = connectDatabase(await freshDatabase());
    const now = new Date();
    const discovered = {
      ...{ kind: "api", namespace: "shop", nodes: ["ai1"], metricPreset: "prometheus" },
      ...{ tier: null, team: null, dependencies: [], repository: null, environment: null, version: null },
    };
    await db().service.create({ data: { name: "bare", discovered, firstSeenAt: now, lastSeenAt: now } });
    forgetCatalogue();
    answers = [];
    for (let n = 0; n < 5; n++)
      answers.push(GateAnswer.parse(await evaluateGate(CI, { service: "bare" }, testCaller())));
    await db().$executeRaw`create table kept_records as select * from decision_records`;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await disconnect();
  });
  afterEach(() =>
    tamper("delete from decision_records", "insert into decision_records select * from kept_records"),
  );

  it("cannot be, by Burnline's own means", async () => {
    for (const statement of [
      "update decision_records set actor_id = 'x'",
      "delete from decision_records where seq = 5",
      "truncate decision_records",
    ])
      await expect(db().$executeRawUnsafe(statement)).rejects.toThrow();
    expect(await verify()).toMatchObject({ ok: true, records: 5 });
  });

  it.each<[string, string[], number, RegExp]>([
    [
      "a verdict",
      [`update decision_records set body = jsonb_set(body, '{verdict,decision}', '"approve"') where seq = 3`],
      3,
      /./,
    ],
    [
      "a fact",
      ["update decision_records set body = jsonb_set(body, '{facts,nowMs}', '1') where seq = 2"],
      2,
      /./,
    ],
    ["who asked", ["update decision_records set actor_id = 'somebody' where seq = 4"], 4, /./],
    ["the decision", ["update decision_records set decision = 'approve' where seq = 1"], 1, /./],
    ["the time", ["update decision_records set at = at - interval '1 ms' where seq = 5"], 5, /./],
    ["the service", ["update decision_records set service = 'checkout' where seq = 3"], 3, /./],
    ["the hash", ["update decision_records set hash = repeat('0', 64) where seq = 3"], 3, /./],
    ["a record in the middle, gone", ["delete from decision_records where seq = 3"], 3, /missing/],
    ["two in the middle, gone", ["delete from decision_records where seq in (2, 3)"], 2, /missing/],
    ["the first, gone", ["delete from decision_records where seq = 1"], 1, /missing/],
    [
      "two that changed places",
      [
        "update decision_records set seq = -2 where seq = 2",
        "update decision_records set seq = 2 where seq = 3",
        "update decision_records set seq = 3 where seq = -2",
      ],
      2,
      /./,
    ],
  ])("is found out: %s", async (_, statements, seq, why) => {
    await tamper(...statements);
    const verdict = await verify();
    expect(verdict).toMatchObject({ ok: false, firstBroken: { seq } });
    expect(verdict.firstBroken!.why).toMatch(why);
  });

  it("is whole to itself without its end; the head that was noted before tells", async () => {
    await tamper("delete from decision_records where seq = 5");
    expect(await verify()).toEqual({ ok: true, records: 4, head: answers[3]!.hash });
    expect(answers[4]!.hash).not.toBe(answers[3]!.hash);
  });

  it("decides otherwise, or under another policy, when it is decided again", async () => {
    const [, second, third] = answers;
    await tamper(
      `update decision_records set body = jsonb_set(body, '{policy,hash}', '"${"0".repeat(64)}"') where seq = 2`,
      `update decision_records set body = jsonb_set(body, '{verdict,decision}', '"approve"') where seq = 3`,
      `update decision_records set body = jsonb_set(body, '{verdict,rationale}', '["as it was put once"]') where seq = 4`,
    );
    expect(await recomputeDecision(VIEWER, { record: answers[3]!.recordId })).toMatchObject({
      ...{ same: true, differences: [], reworded: true },
    });
    expect(await recomputeDecision(VIEWER, { record: second!.recordId })).toMatchObject({
      same: false,
      differences: ["policy"],
    });
    expect(await recomputeDecision(VIEWER, { record: third!.recordId })).toEqual({
      ...{ same: false, recorded: "approve", recomputed: "review", differences: ["decision"] },
      reworded: false,
    });
  });
});
