import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type PanelName, PANELS } from "#lib/contracts/panels.ts";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { type Actor, SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { connectDatabase } from "#lib/server/db/client.ts";
import { runPanel } from "#lib/server/query/run-panel.ts";
import { getCatalogueService } from "#lib/server/services/catalogue/get.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";
import { updateCatalogueService } from "#lib/server/services/catalogue/update.ts";
import { getCluster } from "#lib/server/services/cluster/get.ts";
import { runDiscovery } from "#lib/server/services/discovery/run.ts";
import { getService } from "#lib/server/services/services/get.ts";
import { listServices } from "#lib/server/services/services/list.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { DAY_MS, HOSTILE, KNOWN_CLUSTER, nowMs } from "#lib/server/testing/known-cluster.ts";
import { startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { panelRegistry } from "./registry.ts";

const PROD: LabelMatcher = { label: "namespace", operator: "=", value: "prod" };
const confined = (...confinement: LabelMatcher[]): Actor => ({ ...ADMIN, confinement });
const context = () => ({ signal: AbortSignal.timeout(20_000) });

/** A service of another namespace, in trouble and with an alert's worth of series, on the node that prod is on. */
const SECRET: WrittenSeries[] = [
  ...["200", "500"].map((status) => ({
    name: "http_requests_total",
    labels: { service: "secret-service", namespace: "other", node: "nas1", route: "/secret", status },
    valueAt: (tMs: number) => (tMs - (nowMs - DAY_MS)) / 100,
  })),
  {
    name: "kube_pod_info",
    labels: { namespace: "other", pod: "secret-service-1-x", node: "nas1" },
    valueAt: () => 1,
  },
];

const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  closers.push(connectDatabase(await freshDatabase()));
  const prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  closers.push(prometheus.remove);
  const span = { fromMs: nowMs - DAY_MS, toMs: nowMs, stepMs: 60_000 };
  await writeSeries(prometheus.url, [...KNOWN_CLUSTER, ...SECRET], span);
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
  await runDiscovery(SYSTEM_ACTOR, context());
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all(closers.map((close) => close()));
});

const PARAMS: Record<string, object> = {
  service: { service: "pay" },
  node: { node: "nas1" },
  query: { query: "http_requests_total" },
};

/** What a panel answers, errors as their words. */
async function panel(actor: Actor, name: PanelName, params = PARAMS[name.split(".")[0] ?? ""] ?? {}) {
  const caller = { actor, nowMs: Date.now(), ...context() };
  const call = { panel: name, params: params as never, range: { lastSeconds: 6 * 3600 }, widthPx: 600 };
  return JSON.stringify(await runPanel(panelRegistry, caller, call).catch((error: Error) => error.message));
}

describe("panels of a confined actor", () => {
  const names = Object.keys(PANELS) as PanelName[];

  test("tell of nothing else, though everybody asked before", async () => {
    const all = await Promise.all(names.map((name) => panel(ADMIN, name)));
    expect(all.filter((text) => text.includes("secret-service")).length).toBeGreaterThan(3);
    const own = await Promise.all(names.map((name) => panel(confined(PROD), name)));
    expect(own.join("\n")).toContain("pay-7d9f-x1");
    for (const text of own) {
      expect(text).not.toContain("secret");
      expect(text).not.toContain("quiet");
      expect(text).not.toContain(JSON.stringify(HOSTILE));
    }
  });

  test.each(names.filter((name) => name.startsWith("service.")))(
    "%s knows no service of another namespace",
    async (name) => {
      const asked = await panel(confined(PROD), name, { service: "secret-service" });
      expect(asked).toBe(JSON.stringify('there is no service "secret-service"'));
    },
  );
});

describe("the catalogue of a confined actor", () => {
  test.each<[string, LabelMatcher[], string[]]>([
    ["nothing", [], [HOSTILE, "cart", "pay", "quiet", "secret-service"]],
    ["a namespace", [PROD], ["pay"]],
    ["all but a namespace", [{ ...PROD, operator: "!=" }], ["secret-service"]],
    ["a pattern", [{ label: "service", operator: "=~", value: "pay|cart" }], ["cart", "pay"]],
    ["a tier and a team", [tier("essential"), { ...PROD, label: "team", value: "pay" }], ["pay"]],
    ["a tier that nothing has", [tier("critical")], []],
    ["a label that is none of its own", [{ ...PROD, label: "node", value: "nas1" }], []],
    ["a strange label's absence", [{ ...PROD, label: "region", value: "" }], []],
  ])("within %s", async (_, confinement, expected) => {
    const actor = confined(...confinement);
    expect((await listCatalogue(actor)).map(({ name }) => name)).toEqual(expected);
    const { data } = await listServices(actor, {}, context());
    expect(data.services.map(({ name }) => name).sort()).toEqual(expected);
  });

  test("has no hidden service to read or to edit", async () => {
    const actor = confined(PROD);
    const hidden = { service: "secret-service" };
    const refusal = { code: "not_found" };
    await expect(getCatalogueService(actor, hidden)).rejects.toMatchObject(refusal);
    await expect(getService(actor, hidden, context())).rejects.toMatchObject(refusal);
    const edit = updateCatalogueService(actor, { ...hidden, version: 1, namespace: "prod" }, testCaller());
    await expect(edit).rejects.toMatchObject(refusal);
  });

  test("lets no service be moved out of its own sight", async () => {
    const edit = { service: "pay", version: 1, namespace: "other" };
    await expect(updateCatalogueService(confined(PROD), edit, testCaller())).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await getCatalogueService(ADMIN, { service: "pay" })).toMatchObject({
      namespace: "prod",
      version: 1,
    });
  });

  test("shows through the cluster only what is its own", async () => {
    const text = JSON.stringify(await getCluster(confined(PROD), {}, context()));
    expect(text).not.toContain("secret");
    expect(JSON.stringify(await getCluster(ADMIN, {}, context()))).toContain("secret-service");
  });
});

function tier(value: string): LabelMatcher {
  return { label: "tier", operator: "=", value };
}
