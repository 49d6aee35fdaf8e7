import { expect, it } from "vitest";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import { decide } from "#lib/domain/gate/decide.ts";
import { DEFAULT_GATE_POLICY } from "#lib/domain/gate/policy.ts";
import { soundFacts } from "#lib/domain/gate/testing.ts";
import { answerOf } from "./record-answer.ts";

const facts = soundFacts();
const verdict = decide(facts, DEFAULT_GATE_POLICY);
const record = (body: unknown): DecisionRecord => ({
  ...{ seq: 7, id: "r-7", at: "2026-11-18T12:00:00.000Z", kind: "evaluation", service: "checkout" },
  ...{ releaseId: null, actor: { id: "p", name: null }, decision: verdict.decision },
  body: JSON.parse(JSON.stringify(body)) as DecisionRecord["body"],
  ...{ previousHash: "00", hash: "ff" },
});

it("the record of an evaluation holds the answer as it was given", () => {
  const body = { request: { version: "2.14.0" }, facts, policy: { version: 3, hash: "aa" }, verdict };
  expect(answerOf(record(body))).toMatchObject({
    ...{ decision: "approve", status: "healthy", risk: "low", policyVersion: 3, seq: 7 },
    ...{ version: "2.14.0", commit: null, rationale: verdict.rationale, score: { score: 0 } },
  });
});

it("a record of something else holds none", () => {
  expect(answerOf(record({ reason: "looks fine" }))).toBeNull();
});
