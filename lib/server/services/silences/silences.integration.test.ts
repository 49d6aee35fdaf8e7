import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { parseSettings } from "#lib/server/env.ts";
import { listAlerts } from "#lib/server/services/alerts/list.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { addPerson } from "#lib/server/testing/people.ts";
import { type RealServer, startAlertmanager } from "#lib/server/testing/real-servers.ts";
import { endSilence, extendSilence } from "./change.ts";
import { createSilence, previewSilence } from "./create.ts";
import { listSilences } from "./list.ts";

const HOUR_MS = 3_600_000;
const SRE = personWith("sre");
const ONLY_CHECKOUT: LabelMatcher = { label: "service", operator: "=", value: "checkout" };
const CONFINED = { ...SRE, confinement: [ONLY_CHECKOUT] };

let alertmanager: RealServer;
let disconnect: () => Promise<void>;
const store = globalThis as unknown as Record<symbol, unknown>;
beforeAll(async () => {
  alertmanager = await startAlertmanager();
  disconnect = connectDatabase(await freshDatabase());
  const sources = [{ kind: "alertmanager" as const, name: "real", url: alertmanager.url }];
  store[Symbol.for("burnline.settings")] = { value: { ...parseSettings({}), sources } };
});
afterAll(async () => {
  await Promise.all([alertmanager.remove(), disconnect()]);
});
beforeEach(async () => {
  const { data } = await listSilences(SRE, {}, testCaller());
  for (const { id } of data.silences) await endSilence(SRE, { id }, testCaller());
  // The plane keeps answers for a while; each test asks anew.
  delete store[Symbol.for("burnline.query.plane")];
});

async function fire(...alerts: Record<string, string>[]): Promise<void> {
  const body = alerts.map((labels) => ({ labels, annotations: { summary: `about ${labels.alertname}` } }));
  const answer = await fetch(`${alertmanager.url}/api/v2/alerts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const matcher = (label: string, operator: LabelMatcher["operator"], value: string) => ({
  label,
  operator,
  value,
});
const wanted = (...matchers: LabelMatcher[]) => ({ matchers, endsAt: inHours(2), reason: "a deploy" });

beforeAll(() =>
  fire(
    { alertname: "HighErrorRate", service: "checkout", severity: "critical" },
    { alertname: "HighErrorRate", service: 'pay"ments\\', severity: "critical" },
    { alertname: "HighLatency", service: "checkout", severity: "warning" },
  ),
);

describe("preview", () => {
  it.each([
    [[matcher("alertname", "=", "HighErrorRate")], 2],
    [[matcher("alertname", "=~", "High.*")], 3],
    [[matcher("alertname", "=~", "High.*"), matcher("severity", "!=", "warning")], 2],
    [[matcher("service", "!~", "check.*")], 1],
    [[matcher("service", "=", 'pay"ments\\')], 1],
    [[matcher("service", "=", "nobody")], 0],
  ])("%j would silence %i", async (matchers, count) => {
    expect((await previewSilence(SRE, { matchers }, testCaller())).count).toBe(count);
  });

  it("shows the confined what they see alone", async () => {
    const preview = await previewSilence(
      CONFINED,
      { matchers: [matcher("alertname", "=", "HighErrorRate")] },
      testCaller(),
    );
    expect(preview).toMatchObject({ count: 1, matchers: [{ label: "alertname" }, ONLY_CHECKOUT] });
  });
});

describe("a silence", () => {
  it("keeps alerts quiet, in its author's name, and says so beside them", async () => {
    const { id: personId } = await addPerson(["sre"]);
    const author = await db().user.findUniqueOrThrow({ where: { id: personId } });
    const actor = { ...SRE, id: personId };
    const { silence } = await createSilence(actor, wanted(matcher("service", "=", "checkout")), testCaller());
    expect(silence).toMatchObject({
      state: "active",
      author: author.name,
      reason: "a deploy",
      endsSoon: false,
    });
    const { data } = await listAlerts(SRE, {}, testCaller());
    expect(data.counts).toEqual({ firing: 1, acknowledged: 0, suppressed: 2, pending: 0 });
    const quiet = data.alerts.find(({ state }) => state === "suppressed");
    expect(quiet?.suppressedBy).toEqual({
      silences: [{ id: silence.id, author: author.name, reason: "a deploy", endsAt: silence.endsAt }],
      inhibitors: [],
    });
    const listed = await listSilences(SRE, {}, testCaller());
    expect(listed.data.silences).toMatchObject([{ id: silence.id, silenced: 2 }]);
    expect(
      await db().auditEntry.count({ where: { action: "silence.created", resourceId: silence.id } }),
    ).toBe(1);
  });

  it("is given another end, warns when little is left, and is ended", async () => {
    const { silence } = await createSilence(SRE, wanted(matcher("service", "=", "x")), testCaller());
    const endsAt = inHours(0.5);
    const { silence: shorter } = await extendSilence(SRE, { id: silence.id, endsAt }, testCaller());
    expect(shorter).toMatchObject({ state: "active", endsAt, endsSoon: true, reason: "a deploy" });
    const { silence: over } = await endSilence(SRE, { id: shorter.id }, testCaller());
    expect(over.state).toBe("expired");
    await expect(extendSilence(SRE, { id: over.id, endsAt: inHours(1) }, testCaller())).rejects.toMatchObject(
      { code: "conflict" },
    );
  });

  it.each([
    ["no matcher", { matchers: [] }, "matchers"],
    ["one that everything satisfies", { matchers: [matcher("a", "=", "")] }, "matchers"],
    ["no reason", { reason: " " }, "reason"],
    ["an end in the past", { endsAt: inHours(-1) }, "endsAt"],
    ["a year", { endsAt: inHours(24 * 365) }, "endsAt"],
  ])("is refused with %s", async (_, change, path) => {
    const input = { ...wanted(matcher("service", "=", "x")), ...change };
    await expect(createSilence(SRE, input, testCaller())).rejects.toMatchObject({
      code: "invalid",
      fields: [{ path }],
    });
  });

  it.each([
    ["everything, by a pattern", matcher("a", "=~", ".*")],
    ["a broken pattern", matcher("a", "=~", "(")],
  ])("is refused in Alertmanager's words: %s", async (_, one) => {
    await expect(createSilence(SRE, wanted(one), testCaller())).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/^Alertmanager: .{5}/),
    });
  });

  it.each(["nobody", "00000000-0000-4000-8000-000000000000"])("unknown: %s", async (id) => {
    await expect(endSilence(SRE, { id }, testCaller())).rejects.toMatchObject({ code: "not_found" });
  });

  it("is for whoever may", async () => {
    await expect(
      createSilence(VIEWER, wanted(matcher("service", "=", "x")), testCaller()),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("whoever is confined", () => {
  it("silences nothing that they do not see", async () => {
    const { silence } = await createSilence(
      CONFINED,
      wanted(matcher("alertname", "=", "HighErrorRate")),
      testCaller(),
    );
    expect(silence.matchers).toContainEqual(ONLY_CHECKOUT);
    const { data } = await listAlerts(SRE, { match: 'alertname="HighErrorRate"' }, testCaller());
    expect(data.counts).toMatchObject({ firing: 1, suppressed: 1 });
  });

  it("neither sees nor ends a wider one", async () => {
    const { silence } = await createSilence(SRE, wanted(matcher("severity", "=", "critical")), testCaller());
    expect((await listSilences(CONFINED, {}, testCaller())).data.silences).toEqual([]);
    await expect(endSilence(CONFINED, { id: silence.id }, testCaller())).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

it("stays with what is known while Alertmanager is away, and says that it is old", async () => {
  const at = new Date();
  const labels = { alertname: "Known", service: "checkout", severity: "critical" };
  const place = { source: "real", fingerprint: "feedfeedfeedfeed", startsAt: at };
  await db().alertOccurrence.create({ data: { ...place, labels, annotations: {}, lastSeenAt: at } });
  await alertmanager.stop();
  const answer = await listAlerts(SRE, {}, testCaller());
  await alertmanager.start();
  expect(answer).toMatchObject({ stale: true, partial: true });
  expect(answer.warnings.join()).not.toBe("");
  expect(answer.data.alerts).toMatchObject([
    { name: "Known", state: "firing", lastSeenAt: at.toISOString() },
  ]);
});
