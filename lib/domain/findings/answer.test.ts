import { describe, expect, test } from "vitest";
import { type AnswerInput, answerOf } from "./answer.ts";
import { clusterFindings, type ClusterState } from "./cluster-findings.ts";
import { failing, NO_TROUBLES, node, NOW_MS, pod, QUIET, service, SILENT } from "./testing.ts";

const prometheus = (state: "ok" | "down" | "not_configured", lastSeenAt: string | null = null) => ({
  kind: "prometheus" as const,
  name: "default",
  state,
  lastSeenAt,
  error: state === "down" ? "refused" : null,
});

function ask(change: Partial<AnswerInput>) {
  const state: ClusterState = {
    services: [service("web"), service("auth")],
    nodes: [node("ai1"), node("ai2"), node("nas1")],
    pods: [pod("a"), pod("b", { phase: "Succeeded", ready: false })],
    journeys: [],
    sources: [prometheus("ok")],
    troubles: NO_TROUBLES,
    ...change,
  };
  const findings = clusterFindings(state);
  const rest = { firingAlerts: 0, isStale: false, staleSinceMs: null, isPartial: false };
  const answer = answerOf({ ...state, findings, ...rest, ...change });
  return { ...answer, text: answer.sentence.map(({ text }) => text).join("") };
}

const tank = {
  mountpoint: "/tank",
  level: "CRITICAL" as const,
  usedRatio: 0.91,
  sizeBytes: 14e12,
  availableBytes: 1.26e12,
  fullInDays: 6,
  growthBytesPerDay: 210e9,
};
const checkout = service("checkout", failing(6.25));
const troubles = {
  nowMs: NOW_MS,
  deploys: [],
  troubles: new Map([
    [
      "checkout",
      {
        errorsSince: { atMs: NOW_MS - 19 * 60_000, orEarlier: false },
        latencySince: null,
        failingRoute: null,
      },
    ],
  ]),
};

describe("calm", () => {
  const many = Array.from({ length: 8 }, (_, index) => service(`s${index}`));
  test.each<[Partial<AnswerInput>, string, string]>([
    [{ services: many }, "healthy", "All 8 services and 3 nodes are inside their limits."],
    [
      { services: [service("web")], nodes: [node("ai1")] },
      "healthy",
      "The service and the node are inside their limits.",
    ],
    [{ services: [service("web")] }, "healthy", "The service and all 3 nodes are inside their limits."],
    [
      { services: many, nodes: [node("ai1")] },
      "healthy",
      "All 8 services and the node are inside their limits.",
    ],
    [{ services: [service("web")], nodes: [] }, "healthy", "The service is inside its limits."],
    [{ services: many, nodes: [] }, "healthy", "All 8 services are inside their limits."],
    [
      { services: [...many, service("reporting", QUIET)] },
      "healthy",
      "8 of 9 services and all 3 nodes are inside their limits. 1 service has too few requests to judge.",
    ],
    [
      { services: [...many, service("x", SILENT)] },
      "no_data",
      "8 of 9 services and all 3 nodes are inside their limits. 1 service lacks data.",
    ],
    [
      {
        services: [
          ...many,
          service("x", { latency: { p50Seconds: null, p95Seconds: null, p99Seconds: null } }),
        ],
      },
      "no_data",
      "8 of 9 services and all 3 nodes are inside their limits. 1 service lacks data.",
    ],
    [
      { services: [...many, service("x", SILENT)], nodes: [node("ai1"), node("ai2", { cpu: null })] },
      "no_data",
      "8 of 9 services and 1 of 2 nodes are inside their limits. 1 service and 1 node lack data.",
    ],
    [
      { isStale: true, staleSinceMs: NOW_MS },
      "no_data",
      "All 2 services and 3 nodes are inside their limits. Some of it is older data.",
    ],
    [
      { services: many, nodes: null, isPartial: true },
      "no_data",
      "All 8 services are inside their limits. Some of it could not be measured.",
    ],
  ])("case %#", (change, status, text) => {
    const answer = ask(change);
    expect([answer.status, answer.text]).toEqual([status, text]);
  });
});

describe("trouble", () => {
  test("coloured where it is bad", () => {
    const answer = ask({
      services: [checkout, service("web")],
      nodes: [node("nas1", { filesystems: [tank] })],
      troubles,
    });
    expect(answer.status).toBe("critical");
    expect(answer.sentence).toEqual([
      { text: "checkout is failing 1 request in 16", status: "critical" },
      { text: " since 14:21 UTC", status: null },
      { text: ", and ", status: null },
      { text: "nas1 fills in 6 days", status: "critical" },
      { text: ". The rest is inside its limits.", status: null },
    ]);
  });

  test.each<[Partial<AnswerInput>, string]>([
    [
      { services: [checkout, service("quiet", QUIET)] },
      "checkout is failing 1 request in 16. The rest is inside its limits. 1 service has too few requests to judge.",
    ],
    [
      { services: [checkout, service("x", SILENT), service("y", SILENT)] },
      "checkout is failing 1 request in 16. 2 services lack data.",
    ],
    [
      {
        services: [checkout],
        nodes: [node("ai1", { up: false }), node("ai2", { cpu: 0.95 })],
        pods: [pod("a", { ready: false })],
      },
      "ai1 does not answer, checkout is failing 1 request in 16, and ai2 uses 95 % of its CPU. 1 more finding below.",
    ],
    [
      { services: [], nodes: [node("ai2", { cpu: 0.95, memory: 0.85 })] },
      "ai2 uses 95 % of its CPU. 1 more finding below.",
    ],
  ])("case %#", (change, text) => expect(ask(change).text).toBe(text));
});

describe("nothing known", () => {
  const lost = { services: null, nodes: null, pods: null, firingAlerts: null };
  test.each<[Partial<AnswerInput>, string]>([
    [
      { ...lost, sources: [prometheus("down", "2026-11-20T14:02:00.000Z")] },
      "Nothing is known: Prometheus has not answered since 14:02 UTC.",
    ],
    [{ ...lost, sources: [prometheus("down")] }, "Nothing is known: Prometheus has not answered yet."],
    [{ ...lost, sources: [prometheus("not_configured")] }, "Nothing is known: no Prometheus is configured."],
    [lost, "Nothing is known: the cluster could not be measured."],
    [
      { isStale: true, staleSinceMs: NOW_MS, sources: [prometheus("down")] },
      "Nothing is known: Prometheus has not answered since 14:40 UTC.",
    ],
    [{ services: [], nodes: [] }, "Nothing is known: Prometheus answers, but holds no service and no node."],
    [
      { services: [service("x", SILENT)], nodes: [] },
      "Nothing is known: Prometheus answers, but holds no figures of any service or node.",
    ],
  ])("case %#", (change, text) => {
    const answer = ask(change);
    expect([answer.status, answer.text]).toEqual(["no_data", text]);
    expect(answer.sentence.every(({ status }) => status === "no_data")).toBe(true);
  });
});

test.each<[Partial<AnswerInput>, string[]]>([
  [{}, ["2 services", "3 nodes", "1 of 1 pod ready", "no alerts firing"]],
  [{ firingAlerts: 1, pods: null }, ["2 services", "3 nodes", "1 alert firing"]],
  [
    { firingAlerts: 3, pods: [pod("a"), pod("b", { ready: false })], services: null },
    ["3 nodes", "1 of 2 pods ready", "3 alerts firing"],
  ],
  [{ firingAlerts: null }, ["2 services", "3 nodes", "1 of 1 pod ready"]],
])("facts, case %#", (change, facts) => expect(ask(change).facts).toEqual(facts));
