import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ReleaseDetail } from "#lib/contracts/releases.ts";
import type { Role } from "#lib/domain/access/permissions.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { createFreeze } from "#lib/server/db/freeze.repo.ts";
import { redecide } from "#lib/server/gate/redecide.ts";
import { watchReleases } from "#lib/server/gate/watch-releases.ts";
import { forgetCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { verifyDecisions } from "#lib/server/services/decisions/verify.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { approveRelease } from "./approve.ts";
import { reportDeploy } from "./deploy.ts";
import { getRelease } from "./get.ts";
import { listReleases } from "./list.ts";
import { requestRelease } from "./request.ts";
import { withdrawRelease } from "./withdraw.ts";

// No source answers and there is no SLO: the gate has nothing to go by, which is always a review.
const COMMIT = "0123abc";
const caller = testCaller();
const NEVER = new AbortController().signal;

const person = (id: string, ...roles: Role[]): Actor => ({
  id,
  kind: "person",
  roles,
  scopes: "all",
  confinement: [],
});
const ASKS = person("asks", "sre");
const MANAGES = person("manages", "release_manager");
const ALSO_MANAGES = person("also-manages", "release_manager");
const OWNS = person("owns", "product_owner");
const LOOKS = person("looks", "viewer");

let disconnect: () => Promise<void>;
let service = 0;

beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  vi.stubEnv("PROMETHEUS_URL", "http://127.0.0.1:9");
  for (const { id, roles } of [ASKS, MANAGES, ALSO_MANAGES, OWNS, LOOKS]) {
    await db().user.create({
      data: { id, name: `The one who ${id}`, email: `${id}@example.test`, roles: [...roles] },
    });
  }
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await disconnect();
});
beforeEach(async () => {
  service += 1;
  const now = new Date();
  const discovered = {
    ...{ kind: "api", namespace: "shop", nodes: ["ai1"], metricPreset: "prometheus" },
    ...{ tier: null, team: null, dependencies: [], repository: null, environment: null, version: null },
  };
  await db().service.create({
    data: { name: `s${service}`, discovered, firstSeenAt: now, lastSeenAt: now },
  });
  forgetCatalogue();
});

async function request(actor = ASKS): Promise<ReleaseDetail> {
  const wanted = { service: `s${service}`, version: "1.0.0", commit: COMMIT };
  return (await requestRelease(actor, wanted, caller)).release;
}

function freeze(): Promise<unknown> {
  const when = { kind: "once", from: "2020-01-01T00:00:00.000Z", to: "2100-01-01T00:00:00.000Z" } as const;
  const document = { services: [`s${service}`], tiers: [], when };
  const freezeWindow = {
    id: `f${service}`,
    name: "holidays",
    reason: "test",
    createdBy: "manages",
    document,
  };
  return transaction((tx) => createFreeze(tx, freezeWindow));
}

const say = (
  actor: Actor,
  { id, decisionSeq }: ReleaseDetail,
  kind: "review" | "override",
  verdict: "approved" | "rejected" = "approved",
) => approveRelease(actor, { id, kind, verdict, reason: "because", decisionSeq }, caller);

const kindsOf = async ({ id }: ReleaseDetail) => {
  const rows = await db().decisionRecord.findMany({ where: { releaseId: id }, orderBy: { seq: "asc" } });
  return rows.map(({ kind }) => kind);
};

describe("a review", () => {
  it("is cleared by a release manager who did not ask for it, and becomes a lease", async () => {
    const release = await request();
    expect(release).toMatchObject({ state: "waiting", decision: "review", status: "insufficient_data" });
    expect(release.may).toMatchObject({ review: false, whyNot: "a review is cleared by a release manager" });

    const { release: approved } = await say(MANAGES, release, "review");

    expect(approved.state).toBe("approved");
    // No tier: the policy's other tiers, two hours.
    expect(Date.parse(approved.leaseUntil!) - Date.now()).toBeGreaterThan(119 * 60_000);
    expect(await kindsOf(release)).toEqual(["evaluation", "approval", "lease"]);
    // What people are told of it is read from there.
    const record = await db().decisionRecord.findUniqueOrThrow({ where: { seq: release.decisionSeq! } });
    expect(record.body).toMatchObject({ moved: { from: null, to: "waiting" } });
  });

  it.each([
    ["nobody approves their own", MANAGES, MANAGES, "nobody approves their own release"],
    ["a viewer", ASKS, LOOKS, "releases:approve needs one of the roles"],
    ["a product owner", ASKS, OWNS, "a review is cleared by a release manager"],
  ])("is not cleared by %s", async (_name, asks, approves, why) => {
    const release = await request(asks);
    await expect(say(approves, release, "review")).rejects.toThrow(why);
    expect((await getRelease(LOOKS, { id: release.id })).release.state).toBe("waiting");
  });

  it("cleared by two at once is cleared by one, and the other is told", async () => {
    const release = await request();
    const answers = await Promise.allSettled([
      say(MANAGES, release, "review"),
      say(ALSO_MANAGES, release, "review"),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await kindsOf(release)).filter((kind) => kind === "lease")).toHaveLength(1);
  });

  it("that is refused ends the release", async () => {
    const release = await request();
    const { release: refused } = await say(MANAGES, release, "review", "rejected");
    expect(refused).toMatchObject({ state: "rejected", open: false });
    await expect(say(ALSO_MANAGES, release, "review")).rejects.toThrow("does not wait for a review");
  });

  it("answers the decision that was looked at, not a later one", async () => {
    const release = await request();
    await freeze();
    await redecide(release.id, "system");
    await expect(say(MANAGES, release, "review")).rejects.toMatchObject({
      code: "conflict",
      current: { decision: "block", state: "blocked" },
    });
  });
});

describe("an override", () => {
  it("takes a release manager and a product owner, neither of whom asked", async () => {
    await freeze();
    const release = await request();
    expect(release).toMatchObject({ state: "blocked", decision: "block" });
    expect(release.because).toContain("frozen: holidays");

    await expect(say(ASKS, release, "override")).rejects.toThrow("nobody approves their own release");
    const { release: half } = await say(MANAGES, release, "override");
    expect(half).toMatchObject({ state: "blocked", overrides: 1 });
    await expect(say(MANAGES, release, "override")).rejects.toThrow("it takes a second person");
    await expect(say(ALSO_MANAGES, release, "override")).rejects.toThrow("of the other role");
    const { release: overridden } = await say(OWNS, release, "override");

    expect(overridden.state).toBe("approved");
    // What was overridden does not take the approval back.
    await redecide(release.id, "system");
    expect((await getRelease(LOOKS, { id: release.id })).release.state).toBe("approved");
    expect(await kindsOf(release)).toEqual(["evaluation", "override", "override", "lease"]);
  });
});

describe("an approval", () => {
  it("is taken back by a stricter decision, with its reason on record", async () => {
    const { release } = await say(MANAGES, await request(), "review");
    await freeze();
    const after = await redecide(release.id, "system");
    expect(after).toMatchObject({ state: "blocked", leaseUntil: null });
    expect(await kindsOf(release)).toEqual(["evaluation", "approval", "lease", "evaluation", "revocation"]);
  });

  it("racing a revocation has one outcome, whoever comes first", async () => {
    const release = await request();
    await freeze();
    const [said] = await Promise.allSettled([
      say(MANAGES, release, "review"),
      redecide(release.id, "system"),
    ]);
    await redecide(release.id, "system");
    const { release: after } = await getRelease(LOOKS, { id: release.id });
    expect(after.state).toBe("blocked");
    const kinds = await kindsOf(release);
    expect(kinds.includes("revocation")).toBe(said.status === "fulfilled");
  });

  it("ends with its lease: a person's yes has to be said again", async () => {
    const { release } = await say(MANAGES, await request(), "review");
    await db().release.update({ where: { id: release.id }, data: { leaseUntil: new Date(Date.now() - 1) } });
    expect(await redecide(release.id, "system")).toMatchObject({ state: "waiting", leaseUntil: null });
    expect(await kindsOf(release)).toContain("expiry");
  });
});

describe("a deploy", () => {
  it("starts once, for the approved commit, and ends", async () => {
    const { release } = await say(MANAGES, await request(), "review");
    const { id } = release;
    await expect(reportDeploy(ASKS, { id, event: "start", commit: "fffffff" }, caller)).rejects.toThrow(
      `the release is of commit ${COMMIT}, not fffffff`,
    );
    const both = await Promise.all([
      reportDeploy(ASKS, { id, event: "start", commit: COMMIT }, caller),
      reportDeploy(ASKS, { id, event: "start", commit: COMMIT }, caller),
    ]);
    expect(both.map((one) => one.release.state)).toEqual(["deploying", "deploying"]);
    for (const event of ["start", "finish"])
      await expect(reportDeploy(ASKS, { id, event, commit: "fffffff" }, caller)).rejects.toThrow(
        `the release is of commit ${COMMIT}, not fffffff`,
      );
    const { release: out } = await reportDeploy(ASKS, { id, event: "finish" }, caller);
    expect(out).toMatchObject({ state: "deployed", open: false });
    const kinds = await kindsOf(release);
    expect(kinds.filter((kind) => kind === "deploy_started")).toHaveLength(1);
    expect(kinds).toContain("deploy_refused");
    await expect(reportDeploy(ASKS, { id, event: "fail" }, caller)).rejects.toThrow("it is deployed");
  });

  it("is refused at its start when the gate is stricter by then", async () => {
    const { release } = await say(MANAGES, await request(), "review");
    await freeze();
    await expect(reportDeploy(ASKS, { id: release.id, event: "start" }, caller)).rejects.toThrow(
      "the release is blocked, not approved",
    );
    expect(await kindsOf(release)).toEqual(expect.arrayContaining(["revocation", "deploy_refused"]));
  });

  it("that runs is told to halt once, and goes on until people end it", async () => {
    const { release } = await say(MANAGES, await request(), "review");
    await reportDeploy(ASKS, { id: release.id, event: "start" }, caller);
    await freeze();
    await redecide(release.id, "system");
    await redecide(release.id, "system");
    const { release: halted } = await getRelease(LOOKS, { id: release.id });
    expect(halted.state).toBe("deploying");
    expect(halted.haltReason).toContain("frozen: holidays");
    expect((await kindsOf(release)).filter((kind) => kind === "revocation")).toHaveLength(1);
    const { release: back } = await reportDeploy(ASKS, { id: release.id, event: "roll_back" }, caller);
    expect(back.state).toBe("rolled_back");
  });
});

describe("the watch", () => {
  it("asks about what is due, and ends what nobody decided in time", async () => {
    const release = await request();
    const past = new Date(Date.now() - 1_000);
    await db().release.update({ where: { id: release.id }, data: { askAgainAt: past, expiresAt: past } });
    await watchReleases(NEVER);
    expect((await getRelease(LOOKS, { id: release.id })).release.state).toBe("expired");
    expect(await kindsOf(release)).toEqual(["evaluation", "expiry"]);
  });

  it("writes nothing down where nothing changed", async () => {
    const release = await request();
    await redecide(release.id, "system");
    await redecide(release.id, "system");
    expect(await kindsOf(release)).toEqual(["evaluation"]);
  });
});

it("asked for twenty times at once is one release with twenty decisions, and the chain is whole", async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => request()));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(await kindsOf(all[0]!)).toHaveLength(20);
  expect(await verifyDecisions(LOOKS, {}, caller)).toMatchObject({ ok: true });
});

it("is withdrawn by whoever may ask, and can be asked for again then", async () => {
  const release = await request();
  const { release: gone } = await withdrawRelease(ASKS, { id: release.id, reason: "not yet" }, caller);
  expect(gone.state).toBe("withdrawn");
  expect((await request()).id).not.toBe(release.id);
  await expect(listReleases(LOOKS, { cursor: "nobody" })).rejects.toMatchObject({
    ...{ code: "invalid", fields: [{ path: "cursor" }] },
  });
  const { data } = await listReleases(LOOKS, { service: release.service, open: "false" });
  expect(data.releases.map(({ state }) => state)).toEqual(["withdrawn"]);
});
