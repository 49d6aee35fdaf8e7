import { afterAll, beforeAll, expect, it } from "vitest";
import type { HeldDeployment } from "#lib/contracts/forges.ts";
import { connectDatabase, db, read, transaction } from "#lib/server/db/client.ts";
import { keepHeld, leaseHeld } from "#lib/server/db/forge-deployment.repo.ts";
import { allowCatcher } from "#lib/server/notify/testing/catcher.ts";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { evaluateGate } from "#lib/server/services/gate/evaluate.ts";
import { forgetCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { approveRelease } from "#lib/server/services/releases/approve.ts";
import { ADMIN, personWith } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { addPerson } from "#lib/server/testing/people.ts";
import { askForRelease } from "./ask.ts";
import { forgesFileAt } from "./testing/fake-forges.ts";
import { knowServices } from "./testing/known-services.ts";

let rin: { id: string; email: string };
let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  await knowServices("checkout");
  rin = await addPerson(["release_manager"]);
  const people = [
    { forge: "github" as const, login: "Rin-Example", email: rin.email },
    { forge: "github" as const, login: "gone", email: "gone@example.org" },
  ];
  allowCatcher({ BURNLINE_FORGES: forgesFileAt("http://127.0.0.1:1", people) });
});
afterAll(async () => {
  await disconnect();
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("burnline.settings")];
});

const DEPLOYMENT: HeldDeployment = {
  repository: "acme-shop/checkout",
  environment: "production",
  ref: "v2.14.0",
  commit: "5f1d8c2e9a7b4036d1e2f3a4b5c6d7e8f9012345",
  requestedBy: "github:rin-example",
  link: null,
  callback: {},
};
let asked = 0;
async function ask(more: Partial<HeldDeployment>) {
  const deployment = { ...DEPLOYMENT, ...more };
  await read((tx) => keepHeld(tx, "github", { key: String((asked += 1)), deployment }));
  const terms = { now: new Date(), until: new Date(Date.now() + 60_000) };
  return askForRelease((await transaction((tx) => leaseHeld(tx, terms)))!);
}
async function releaseOf(more: Partial<HeldDeployment>) {
  const answer = await ask(more);
  const id = "releaseId" in answer ? answer.releaseId : "";
  return db().release.findUniqueOrThrow({ where: { id } });
}

it("is asked in the name of the person who started it, who may not clear it then", async () => {
  const { id, requestedBy, decisionSeq, state } = await releaseOf({});
  expect([requestedBy, state]).toEqual([rin.id, "waiting"]);
  const said = { id, kind: "review", verdict: "approved", reason: "fine by me", decisionSeq };
  const self = { ...personWith("release_manager"), id: rin.id };
  await expect(approveRelease(self, said, testCaller())).rejects.toMatchObject({
    code: "forbidden",
    message: "nobody approves their own release",
  });
});

it.each(["github:gone", "github:somebody-else", "gitlab:rin-example"])(
  "keeps the forge's name of whom the settings or the accounts do not know: %s",
  async (requestedBy) =>
    expect(await releaseOf({ requestedBy, ref: null, commit: `${asked}`.padStart(40, "a") })).toMatchObject({
      requestedBy,
    }),
);

it("joins the release that CI asked for, with what CI stated of the change", async () => {
  const ref = "v2.15.0";
  const change = { linesChanged: 5, rollbackReady: true };
  const of = { service: "checkout", version: ref, commit: DEPLOYMENT.commit };
  const { releaseId } = (await evaluateGate(ADMIN, { ...of, change }, testCaller())) as GateAnswer;
  expect(await ask({ ref })).toEqual({ releaseId });
  const where = { releaseId, kind: "evaluation" };
  expect(await db().decisionRecord.findMany({ where })).toMatchObject([{ body: { request: { change } } }]);
});

it.each([
  [{ environment: "staging" }, "does not say which service"],
  [{ ref: `refs/tags/${"v".repeat(200)}` }, "it cannot be asked for: version"],
  [{ ref: "refs/tags/v1\u202E" }, "it cannot be asked for: version"],
])("asks for nothing that has no place or no name: %j", async (more, why) =>
  expect(await ask(more)).toEqual({ unknown: expect.stringContaining(why) }),
);

it("asks for nothing of a service that the catalogue does not know", async () => {
  await db().service.deleteMany();
  forgetCatalogue();
  expect(await ask({})).toEqual({ unknown: expect.stringContaining("no service of the catalogue") });
});
