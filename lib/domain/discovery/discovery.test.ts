import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, test } from "vitest";
import { METRIC_PRESET_NAMES } from "#lib/domain/signals/presets.ts";
import { declaredSightings, requestSightings, undeclaredSightings } from "./discovery-queries.ts";
import { readSightings } from "./read-sightings.ts";

const seen = (labels: Record<string, string>) => ({ labels, value: 1 });
const none = { requests: {}, declared: [], undeclared: [] };

test("one service out of all its sightings", () => {
  const services = readSightings({
    ...none,
    requests: {
      prometheus: [
        seen({ service: "checkout", namespace: "prod", node: "ai2" }),
        seen({ service: "checkout", namespace: "prod", node: "ai1" }),
      ],
    },
    declared: [
      seen({
        seen_in: "build",
        service: "checkout",
        node: "ai1",
        tier: "critical",
        team: "payments",
        kind: "web",
        dependencies: "auth, search,",
      }),
    ],
  });
  expect(services).toEqual([
    {
      name: "checkout",
      kind: "web",
      namespace: "prod",
      nodes: ["ai1", "ai2"],
      metricPreset: "prometheus",
      tier: "critical",
      team: "payments",
      dependencies: ["auth", "search"],
    },
  ]);
});

test("OpenTelemetry labels, and the preset that goes with them", () => {
  const labels = { service_name: "cart", k8s_namespace_name: "shop", k8s_node_name: "n1" };
  expect(readSightings({ ...none, requests: { opentelemetry: [seen(labels)] } })).toMatchObject([
    { name: "cart", namespace: "shop", nodes: ["n1"], metricPreset: "opentelemetry", kind: "api" },
  ]);
});

test.each([
  ["best effort", "best_effort"],
  ["Best-Effort", "best_effort"],
  ["gold", null],
])("the tier label %s means %s", (label, tier) => {
  const build = seen({ seen_in: "build", service: "x", tier: label, kind: "daemon" });
  expect(readSightings({ ...none, declared: [build] })).toMatchObject([{ tier, kind: "api" }]);
});

test("batch metrics alone make a batch service; requests beside them do not", () => {
  const declared = [
    seen({ seen_in: "batch", service: "backup" }),
    seen({ seen_in: "batch", service: "web" }),
  ];
  const requests = { prometheus: [seen({ service: "web" })] };
  expect(readSightings({ ...none, requests, declared }).map(({ name, kind }) => [name, kind])).toEqual([
    ["backup", "batch"],
    ["web", "api"],
  ]);
});

describe("where nothing declares itself", () => {
  const workload = seen({ seen_in: "deployment", namespace: "shop", deployment: "cart", workload: "cart" });
  const job = seen({ seen_in: "job", job: "blackbox" });

  test("workloads count, scrape jobs only without them, neither beside labelled services", () => {
    const names = (change: Partial<Parameters<typeof readSightings>[0]>) =>
      readSightings({ ...none, ...change }).map(({ name }) => name);
    expect(names({ undeclared: [workload, job] })).toEqual(["cart"]);
    expect(names({ undeclared: [job] })).toEqual(["blackbox"]);
    const requests = { prometheus: [seen({ service: "web" })] };
    expect(names({ requests, undeclared: [workload, job] })).toEqual(["web"]);
    expect(names({})).toEqual([]);
  });
});

test("every query parses", () => {
  for (const query of [
    ...METRIC_PRESET_NAMES.map(requestSightings),
    declaredSightings(),
    undeclaredSightings(),
  ]) {
    const names: string[] = [];
    parser
      .parse(query)
      .iterate({ enter: (node) => void names.push(node.type.isError ? "error" : node.name) });
    expect(names, query).not.toContain("error");
  }
  expect(requestSightings("prometheus")).toBe(
    'group by (service, node, namespace, k8s_namespace_name) (http_requests_total{service!=""})',
  );
});
