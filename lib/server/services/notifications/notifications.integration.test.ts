import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { allowCatcher, type Catcher, startCatcher } from "#lib/server/notify/testing/catcher.ts";
import { listAudit } from "#lib/server/services/audit/list.ts";
import { ADMIN, personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { addPerson } from "#lib/server/testing/people.ts";
import { deleteChannel, listChannels, makeChannel, putChannel } from "./channels.ts";
import { getOnCall } from "./on-call.ts";
import { getPolicy, putPolicy } from "./policies.ts";
import { testChannel } from "./test-channel.ts";

const SIGNING = "what-signs-the-messages";
const DAY_MS = 86_400_000;
let catcher: Catcher;
let disconnect: () => Promise<void>;

beforeAll(() => allowCatcher());
afterAll(() => {
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("burnline.settings")];
});
beforeEach(async () => {
  catcher = await startCatcher();
  disconnect = connectDatabase(await freshDatabase());
});
afterEach(async () => {
  await disconnect();
  await catcher.close();
});

const secret = () => ({ url: `${catcher.url}/T0/token-in-the-path`, signingSecret: SIGNING });
const make = (more: object = {}) =>
  makeChannel(ADMIN, { name: "room", kind: "webhook", secret: secret(), ...more }, testCaller());

describe("channels", () => {
  it("keep their secrets sealed: no answer and no record has one", async () => {
    const { channel } = await make();
    const put = { channel: channel.id, version: 1, name: "other room", config: {} };
    const changed = await putChannel(ADMIN, put, testCaller());
    expect(changed.channel).toMatchObject({ name: "other room", version: 2, enabled: true });
    const told = JSON.stringify([channel, changed, await listChannels(ADMIN), await listAudit(ADMIN, {})]);
    const rows = JSON.stringify(await db().channel.findMany());
    for (const text of [told, rows]) {
      expect(text).not.toContain(SIGNING);
      expect(text).not.toContain("token-in-the-path");
    }
    expect(await testChannel(ADMIN, { channel: channel.id }, testCaller())).toMatchObject({
      outcome: "sent",
    });
    expect(catcher.caught[0]?.path).toBe("/T0/token-in-the-path");
    catcher.respond = (response) => void response.writeHead(403).end();
    expect(await testChannel(ADMIN, { channel: channel.id }, testCaller())).toEqual({
      outcome: "failed",
      detail: "it answered HTTP 403",
    });
    await expect(putChannel(ADMIN, put, testCaller())).rejects.toMatchObject({
      code: "conflict",
      current: { version: 2 },
    });
    expect(await deleteChannel(ADMIN, { channel: channel.id }, testCaller())).toEqual({ done: true });
    expect(await listChannels(ADMIN)).toEqual({ channels: [] });
  });

  it.each<[string, object, string]>([
    [
      "an inner address",
      { secret: { url: "http://169.254.169.254/", signingSecret: SIGNING } },
      "secret.url",
    ],
    ["another scheme", { secret: { url: "ftp://a.example/", signingSecret: SIGNING } }, "secret.url"],
    ["a secret that is missing", { secret: { url: "https://a.example/" } }, "secret.signingSecret"],
    ["a setting of another kind", { config: { prefix: "x" } }, "config"],
    [
      "a header in an address",
      { kind: "email", config: { from: "a@b.c\r\nBcc: x", to: [] }, secret: {} },
      "config.from",
    ],
    ["a kind that is none", { kind: "carrier pigeon" }, "kind"],
  ])("refuse %s and name the field", async (_, more, path) => {
    await expect(async () => make(more)).rejects.toMatchObject({
      code: "invalid",
      fields: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(await listChannels(ADMIN)).toEqual({ channels: [] });
  });

  it("have names of their own, are read by SREs and changed by admins", async () => {
    await make();
    await expect(make()).rejects.toMatchObject({ fields: [{ path: "name" }] });
    expect((await listChannels(personWith("sre"))).channels).toHaveLength(1);
    expect(() => listChannels(VIEWER)).toThrow(expect.objectContaining({ code: "forbidden" }));
    expect(() => makeChannel(personWith("sre"), {}, testCaller())).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
  });
});

describe("documents", () => {
  it.each(["routing", "on_call", "escalation"])(
    "%s holds in a version 0 until one is saved",
    async (kind) => {
      const { policy } = await getPolicy(ADMIN, { kind });
      expect(policy).toMatchObject({ kind, version: 0, savedAt: null, savedBy: null });
      const saved = await putPolicy(ADMIN, { kind, version: 0, document: policy.document }, testCaller());
      expect(saved.policy).toMatchObject({ version: 1, document: policy.document });
    },
  );

  it("two that are saved at once: one is in force, the other one is told so", async () => {
    const { document } = (await getPolicy(ADMIN, { kind: "routing" })).policy;
    const save = () => putPolicy(ADMIN, { kind: "routing", version: 0, document }, testCaller());
    const outcomes = await Promise.allSettled([save(), save(), save()]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().policyVersion.count()).toBe(1);
  });

  it("name the place of what is not there", async () => {
    const rotation = {
      name: "primary",
      startsOn: "2026-11-02",
      lengthDays: 7,
      handoverAt: "09:00",
      zone: "UTC",
    };
    const onCall = { rotations: [{ ...rotation, people: ["nobody"] }], overrides: [] };
    await expect(
      putPolicy(ADMIN, { kind: "on_call", version: 0, document: onCall }, testCaller()),
    ).rejects.toMatchObject({
      fields: [{ path: "document.rotations.0.people.0", message: "is nobody we know" }],
    });
    const { document } = (await getPolicy(ADMIN, { kind: "escalation" })).policy;
    const path = { steps: [{ rotations: ["none"], channels: ["gone"] }], everyMinutes: 5, rounds: 1 };
    const paths = { ...("paths" in document && document.paths), P1: path };
    await expect(
      putPolicy(ADMIN, { kind: "escalation", version: 0, document: { paths, reach: [] } }, testCaller()),
    ).rejects.toMatchObject({
      fields: [
        { path: "document.paths.P1.steps.0.rotations.0", message: "is no rotation" },
        { path: "document.paths.P1.steps.0.channels.0", message: "is no channel" },
      ],
    });
    expect(() =>
      putPolicy(
        ADMIN,
        {
          kind: "routing",
          version: 0,
          document: {
            rules: [],
            quietHours: { severities: ["P1"], zone: "Mars/Base", from: "22:00", to: "7" },
          },
        },
        testCaller(),
      ),
    ).toThrow(expect.objectContaining({ code: "invalid", message: expect.stringContaining("zone") }));
  });

  it("keep a rotation that the escalation tells, and name the people they hold", async () => {
    const { id } = await addPerson(["sre"]);
    const rotation = {
      startsOn: "2026-11-02",
      lengthDays: 7,
      handoverAt: "09:00",
      zone: "UTC",
      people: [id],
    };
    const onCall = (...names: string[]) => ({
      rotations: names.map((one) => ({ ...rotation, name: one })),
      overrides: [],
    });
    const put = (kind: string, version: number, document: object) =>
      putPolicy(ADMIN, { kind, version, document }, testCaller());
    const saved = await put("on_call", 0, onCall("primary", "spare"));
    expect(saved.policy.people).toEqual([{ id, name: `N ${id}` }]);
    const { document } = (await getPolicy(ADMIN, { kind: "escalation" })).policy;
    const path = { steps: [{ rotations: ["primary"], channels: [] }], everyMinutes: 5, rounds: 1 };
    await put("escalation", 0, {
      paths: { ...("paths" in document && document.paths), P1: path },
      reach: [],
    });
    await expect(put("on_call", 1, onCall("renamed"))).rejects.toMatchObject({
      code: "invalid",
      fields: [{ path: "document.rotations", message: 'the escalation still tells the rotation "primary"' }],
    });
    expect((await put("on_call", 1, onCall("primary"))).policy.version).toBe(2);
  });

  it("say who is on call now and next", async () => {
    const [ada, ben] = [await addPerson(["sre"]), await addPerson(["sre"])];
    const startsOn = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
    const rotation = { name: "primary", startsOn, lengthDays: 7, handoverAt: "00:00", zone: "UTC" };
    const to = new Date(Date.now() + DAY_MS / 2).toISOString();
    const document = {
      rotations: [{ ...rotation, people: [ada.id, ben.id] }],
      overrides: [
        { rotation: "primary", personId: ben.id, from: new Date(Date.now() - 1000).toISOString(), to },
      ],
    };
    await putPolicy(ADMIN, { kind: "on_call", version: 0, document }, testCaller());
    expect((await getOnCall(VIEWER)).rotations).toMatchObject([
      {
        rotation: "primary",
        now: { person: { id: ben.id }, standIn: true, until: to },
        next: { person: { id: ada.id }, standIn: false },
      },
    ]);
  });
});
