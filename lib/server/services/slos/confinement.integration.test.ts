import { afterAll, beforeAll, expect, test } from "vitest";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, transaction } from "#lib/server/db/client.ts";
import { upsertSightings } from "#lib/server/db/service.repo.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { createSlo } from "./create.ts";
import { getSlo } from "./get.ts";
import { importSlos } from "./import.ts";
import { listSlos } from "./list.ts";

const OWN: Actor = { ...ADMIN, confinement: [{ label: "service", operator: "=", value: "web" }] };
const of = (service: string): SloDefinition => {
  const sound = soundDefinition({ service });
  const requests = {
    metric: "requests_total",
    matchers: [{ label: "service", operator: "=" as const, value: service }],
  };
  const failed = [{ label: "status", operator: "=~" as const, value: "5.." }];
  return { ...sound, sli: { kind: "availability", requests, failed } };
};
const journeyOver = (key: string): SloDefinition => ({
  ...soundDefinition({ name: "journey", service: "web" }),
  sli: {
    kind: "composite",
    combine: "serial",
    businessImpact: "high",
    steps: [{ name: "step", slo: key, onCriticalPath: true }],
  },
});

let hiddenId = "";
let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  const seen = ["web", "secret"].map((name) => ({
    name,
    kind: "api" as const,
    namespace: null,
    nodes: [],
    metricPreset: "prometheus" as const,
    tier: null,
    team: null,
    dependencies: [],
  }));
  await transaction((tx) => upsertSightings(tx, seen, new Date()));
  await createSlo(ADMIN, { definition: of("web") }, testCaller());
  hiddenId = (await createSlo(ADMIN, { definition: of("secret") }, testCaller())).id;
});
afterAll(() => disconnect());

test("whoever is confined to a service sees its SLOs, and no others, by no address", async () => {
  const { data } = await listSlos(OWN, {});
  expect(data.slos.map(({ key }) => key)).toEqual(["web/availability"]);
  await expect(getSlo(OWN, { id: hiddenId })).rejects.toMatchObject({ code: "not_found" });
});

test("whoever is confined writes no SLO: it would be measured in the sight of all", async () => {
  const elsewhere = { ...of("web"), name: "other" };
  const known = of("web");
  for (const definition of [elsewhere, known, of("secret"), journeyOver("secret/availability")]) {
    await expect(createSlo(OWN, { definition }, testCaller())).rejects.toMatchObject({ code: "forbidden" });
  }
  const { name, ...spec } = elsewhere;
  const text = JSON.stringify({ apiVersion: "burnline.dev/v1", kind: "SLO", metadata: { name }, spec });
  await expect(importSlos(OWN, { text, dryRun: false }, testCaller())).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a dry run tells nothing of an SLO that is out of sight", async () => {
  const { name, ...spec } = of("secret");
  const text = JSON.stringify({ apiVersion: "burnline.dev/v1", kind: "SLO", metadata: { name }, spec });
  const answer = await importSlos(OWN, { text, dryRun: true }, testCaller());
  expect(answer.changes).toEqual([]);
  expect(JSON.stringify(answer.problems)).toContain("could not see");
});
