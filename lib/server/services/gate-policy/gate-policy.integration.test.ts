import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import type { Role } from "#lib/domain/access/permissions.ts";
import { decide } from "#lib/domain/gate/decide.ts";
import type { GateFacts } from "#lib/domain/gate/facts.ts";
import { DEFAULT_GATE_POLICY } from "#lib/domain/gate/policy.ts";
import { NOW_MS, soundFacts, soundSlo } from "#lib/domain/gate/testing.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import { listDecisions } from "#lib/server/services/decisions/list.ts";
import { verifyDecisions } from "#lib/server/services/decisions/verify.ts";
import { VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { decideProposal } from "./decide-proposal.ts";
import { proposePolicy } from "./propose.ts";
import { replayPolicy } from "./replay.ts";
import { getGatePolicy, listGatePolicies, listProposals } from "./show.ts";

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
const caller = testCaller();

let disconnect: () => Promise<void>;
beforeEach(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterEach(() => disconnect());

const base = DEFAULT_GATE_POLICY as GatePolicyDocument;
const strict: GatePolicyDocument = {
  ...base,
  matrix: {
    ...base.matrix,
    healthy: { low: "review", medium: "review", high: "block" },
    attention: { low: "review", medium: "review", high: "block" },
  },
};
const propose = (more: object = {}, actor = MANAGES) =>
  proposePolicy(actor, { document: strict, baseVersion: 0, reason: "too many burned", ...more }, caller);
const decideOn = (proposal: string, verdict: string, actor = OWNS) =>
  decideProposal(actor, { proposal, verdict }, caller);

describe("proposals", () => {
  it("take a second person, become a version, and every step is on record", async () => {
    expect((await getGatePolicy(VIEWER)).policy).toMatchObject({ version: 0, author: null, problems: [] });
    const { proposal } = await propose();
    expect(proposal).toMatchObject({ state: "open", baseVersion: 0, stale: false });
    await expect(decideOn(proposal.id, "publish", MANAGES)).rejects.toMatchObject({ code: "forbidden" });
    await expect(decideOn(proposal.id, "refuse", MANAGES)).rejects.toMatchObject({ code: "forbidden" });
    await expect(decideOn(proposal.id, "withdraw", OWNS)).rejects.toMatchObject({ code: "forbidden" });
    await decideOn(proposal.id, "publish");
    const { policy } = await getGatePolicy(VIEWER);
    expect(policy).toMatchObject({
      ...{ version: 1, reason: "too many burned", document: strict },
      ...{ author: { id: "manages" }, publishedBy: { id: "owns" } },
    });
    const { data } = await listGatePolicies(VIEWER);
    expect(data.versions.map(({ version }) => version)).toEqual([1, 0]);
    const log = await listDecisions(VIEWER, { kind: "policy" });
    expect(log.data.decisions.map(({ body }) => body.event)).toEqual(["published", "proposed"]);
    expect(log.data.decisions[1]?.body.changes).toEqual([
      { path: "matrix.attention.high", before: "defer", after: "block" },
      { path: "matrix.attention.low", before: "approve", after: "review" },
      { path: "matrix.healthy.high", before: "review", after: "block" },
      { path: "matrix.healthy.low", before: "approve", after: "review" },
      { path: "matrix.healthy.medium", before: "approve", after: "review" },
    ]);
    expect(await verifyDecisions(VIEWER, {}, caller)).toMatchObject({ ok: true, records: 2 });
  });

  it("made from an old version are refused, and so is publishing one that became old", async () => {
    const first = (await propose()).proposal;
    const second = (await propose({ reason: "another way" }, RUNS)).proposal;
    await decideOn(first.id, "publish");
    await expect(propose()).rejects.toMatchObject({ code: "conflict", current: { version: 1 } });
    await expect(decideOn(second.id, "publish")).rejects.toMatchObject({
      code: "conflict",
      current: { version: 1 },
    });
    const { data } = await listProposals(VIEWER);
    expect(data.proposals.map(({ id, stale }) => [id, stale])).toEqual([
      [second.id, true],
      [first.id, false],
    ]);
    await decideOn(second.id, "withdraw", RUNS);
  });

  it("decided by two at once have one outcome", async () => {
    const { proposal } = await propose();
    const both = await Promise.allSettled([
      decideOn(proposal.id, "publish", OWNS),
      decideOn(proposal.id, "refuse", RUNS),
      decideOn(proposal.id, "publish", RUNS),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [outcome] = (await listProposals(VIEWER)).data.proposals;
    const { version } = (await getGatePolicy(VIEWER)).policy;
    expect(version).toBe(outcome?.state === "published" ? 1 : 0);
    expect(await db().decisionRecord.count({ where: { kind: "policy" } })).toBe(2);
  });

  it("published at once from one base: one becomes the version", async () => {
    const [one, other] = await Promise.all([propose(), propose({ reason: "as well" })]);
    const both = await Promise.allSettled([
      decideOn(one.proposal.id, "publish", OWNS),
      decideOn(other.proposal.id, "publish", RUNS),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listGatePolicies(VIEWER)).data.versions).toHaveLength(2);
  });

  it.each([
    ["no change", { document: base }, "document"],
    [
      "an approval on nothing",
      {
        document: {
          ...base,
          matrix: { ...base.matrix, no_data: { low: "approve", medium: "review", high: "review" } },
        },
      },
      "document.matrix.no_data.low",
    ],
    [
      "a worse status judged more mildly",
      { document: { ...base, matrix: { ...base.matrix, critical: base.matrix.healthy } } },
      "document.matrix.critical.low",
    ],
    [
      "cuts upside down",
      { document: { ...base, risk: { ...base.risk, cuts: { mediumFrom: 60, highFrom: 30 } } } },
      "document.risk.cuts.highFrom",
    ],
    ["no reason", { reason: "  " }, "reason"],
  ])("refuse %s with its path", async (_, more, path) => {
    await expect(propose(more)).rejects.toMatchObject({
      code: "invalid",
      fields: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });

  it("and replays are not for viewers, and proposals not for tokens", async () => {
    await expect(propose({}, VIEWER)).rejects.toMatchObject({ code: "forbidden" });
    await expect(propose({}, { ...MANAGES, scopes: ["read", "write"] })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(replayPolicy(VIEWER, { document: strict }, caller)).rejects.toMatchObject({
      code: "forbidden",
    });
    const { proposal } = await propose();
    await expect(decideOn(proposal.id, "publish", VIEWER)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("replaying a policy", () => {
  async function release(id: string, state: string, outcome: object | null): Promise<void> {
    const request = { change: {}, declaredRisk: null, lane: null };
    const started = state === "withdrawn" ? null : new Date(NOW_MS + 1_000);
    await db().release.create({
      data: {
        ...{ id, service: "checkout", version: id, commit: "0123abc", request, state, requestedBy: "x" },
        ...{ deployStartedAt: started, ...(outcome ? { outcome: [outcome] } : {}) },
      },
    });
  }
  function evaluate(releaseId: string | null, facts: GateFacts): Promise<unknown> {
    const verdict = decide(facts, DEFAULT_GATE_POLICY);
    const { decision } = verdict;
    const of = { kind: "evaluation", service: facts.service, releaseId, actorId: "x", decision } as const;
    const body = { request: {}, facts, policy: { version: 0, hash: "" }, verdict, proof: [] };
    return transaction((tx) => appendDecision(tx, { ...of, at: new Date(facts.nowMs), body }));
  }
  const burned = { afterHours: 1, burned: true, rolledBack: false };
  const fine = { afterHours: 1, burned: false, rolledBack: false };
  const healthy = soundFacts();
  const warning = soundFacts({ slos: [soundSlo({ status: "warning" })] });

  beforeEach(async () => {
    await release("burned", "deployed", burned);
    await release("fine", "deployed", fine);
    await release("held", "deployed", fine);
    await release("back", "rolled_back", null);
    await release("unknown", "deployed", { ...fine, burned: null });
    await release("gone", "withdrawn", null);
    for (const id of ["burned", "fine", "back", "unknown"]) await evaluate(id, healthy);
    await evaluate("held", warning);
    await evaluate("held", healthy);
    await evaluate("gone", warning);
    await evaluate(null, healthy);
  });

  it("counts what flips, and how often each policy is wrong", async () => {
    const answer = await replayPolicy(MANAGES, { document: strict }, caller);
    // Six healthy ones turn from approve to review; the two in warning are reviews under both.
    expect(answer).toMatchObject({ evaluated: 8, complete: true, flips: 6, releases: 6 });
    expect(answer.moves).toEqual([{ from: "approve", to: "review", count: 6 }]);
    expect(answer.flipped).toHaveLength(6);
    expect(answer.flipped[0]).toMatchObject({
      ...{ seq: 8, releaseId: null, service: "checkout", from: "approve", to: "review" },
      would: { what: "checkout/availability: healthy", risk: "low" },
    });
    expect(answer.recorded).toEqual({
      // burned, back of burned, back, fine, held; what became of "unknown" nobody knows.
      falseApprovals: { wrong: 2, known: 4, unknown: 1 },
      // held, of held; "gone" never went out.
      falseBlocks: { wrong: 1, known: 1, unknown: 1 },
    });
    expect(answer.candidate).toEqual({
      falseApprovals: { wrong: 0, known: 0, unknown: 0 },
      falseBlocks: { wrong: 2, known: 4, unknown: 2 },
    });
  });

  it("under the same policy flips nothing and is wrong as often", async () => {
    const answer = await replayPolicy(MANAGES, { document: base }, caller);
    expect(answer).toMatchObject({ evaluated: 8, flips: 0, moves: [], flipped: [] });
    expect(answer.candidate).toEqual(answer.recorded);
  });

  it("shows nothing of services out of sight, ends when the asker leaves, and names what is wrong", async () => {
    const confined: Actor = {
      ...MANAGES,
      confinement: [{ label: "team", operator: "=", value: "search" }],
    };
    expect(await replayPolicy(confined, { document: strict }, caller)).toMatchObject({
      evaluated: 0,
      since: null,
      releases: 0,
    });
    const left = { ...caller, signal: AbortSignal.abort() };
    await expect(replayPolicy(MANAGES, { document: strict }, left)).rejects.toThrow();
    await expect(
      replayPolicy(MANAGES, { document: { ...strict, deferHours: 0 } }, caller),
    ).rejects.toMatchObject({
      code: "invalid",
      fields: [expect.objectContaining({ path: "document.deferHours" })],
    });
  });

  it("lays both policies over the ledger's hours", async () => {
    const at = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 7_200_000);
    await db().slo.create({
      data: { id: "s", key: "checkout/availability", source: "ui", currentVersion: 1 },
    });
    await db().sloVersion.create({
      data: { sloId: "s", version: 1, definition: { service: "checkout" }, actorId: "x" },
    });
    const row = (minutes: number, status: string, previousStatus: string | null) => ({
      ...{ sloId: "s", objective: 0, groupKey: "{}", version: 1, status, previousStatus },
      at: new Date(at.getTime() + minutes * 60_000),
    });
    await db().sloSnapshot.createMany({
      data: [row(0, "healthy", null), row(60, "warning", null), row(61, "critical", "warning")],
    });
    const { history } = await replayPolicy(MANAGES, { document: strict }, caller);
    expect(history[0]).toEqual({
      risk: "low",
      inForce: { block: 0, defer: 0, review: 1, approve: 1 },
      candidate: { block: 0, defer: 0, review: 2, approve: 0 },
    });
    expect(history[2]).toEqual({
      risk: "high",
      inForce: { block: 1, defer: 0, review: 1, approve: 0 },
      candidate: { block: 2, defer: 0, review: 0, approve: 0 },
    });
  });
});
