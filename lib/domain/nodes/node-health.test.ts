import { brief } from "#lib/domain/slo/status/testing.ts";
import { describe, expect, test } from "vitest";
import type { Sample } from "#lib/domain/signals/sample.ts";
import { type NodeSamples, readNodes } from "./node-health.ts";
import { hostOfInstance, nodeNamer } from "./node-names.ts";

const sample = (figure: string, value: number | null, labels: Record<string, string>): Sample => ({
  labels: { figure, ...labels },
  value,
});
const ai1 = { instance: "ai1:9100", node: "ai1", job: "node-exporter" };
const root = { ...ai1, mountpoint: "/", device: "/dev/sda1" };

const healthy: NodeSamples = {
  identities: [
    sample("exporter", 1, ai1),
    sample("up", 1, ai1),
    sample("up", 0, { ...ai1, job: "kubelet", instance: "ai1:10250" }),
    sample("condition", 1, { node: "ai1", condition: "Ready", status: "true" }),
    sample("role", 1, { node: "ai1", role: "worker" }),
  ],
  gauges: [
    sample("cpu", 0.46, ai1),
    sample("memory", 0.61, ai1),
    sample("diskIo", 0.1, ai1),
    sample("networkBytes", 26.5e6, ai1),
  ],
  facts: [sample("cores", 32, ai1), sample("uptimeSeconds", 41 * 86_400, ai1), sample("load1", 14.7, ai1)],
  filesystems: [sample("size", 1e12, root), sample("available", 0.48e12, root)],
  trends: [sample("memoryRise", 0.019, ai1)],
  sparks: [{ labels: { figure: "cpu", ...ai1 }, values: [0.4, null, 0.46] }],
  pods: new Map([["ai1", { running: 12, notReady: 1 }]]),
  budgets: new Map(),
};

function only(change: Partial<NodeSamples>) {
  const nodes = readNodes({ ...healthy, ...change });
  expect(nodes).toHaveLength(1);
  return nodes[0]!;
}

test("a healthy node", () => {
  expect(only({})).toMatchObject({
    name: "ai1",
    role: "worker",
    status: "healthy",
    up: true,
    reasons: [],
    cores: 32,
    load1: 14.7,
    uptimeSeconds: 3_542_400,
    memoryBytes: null,
    temperatureCelsius: null,
    cpu: { level: "OK", ratio: 0.46, spark: [0.4, null, 0.46] },
    memory: { level: "OK", ratio: 0.61, risePerDayRatio: 0.019 },
    disk: { level: "OK", ratio: 0.52, mountpoint: "/", fullInDays: null },
    network: { level: "UNKNOWN", ratio: null, bytesPerSecond: 26.5e6 },
    pods: { running: 12, notReady: 1 },
  });
});

test("its SLOs make it worse and say why, and never better", () => {
  const spent = brief({
    key: "node:ai1/reachable",
    name: "reachable",
    status: "exhausted",
    budgetRemainingRatio: -1,
  });
  expect(only({ budgets: new Map([["ai1", [spent]]]) })).toMatchObject({
    status: "exhausted",
    reasons: ["reachable is out of budget, -100 % left"],
  });
  const down = [sample("exporter", 1, ai1), sample("up", 0, ai1)];
  expect(only({ identities: down, budgets: new Map([["ai1", [brief()]]]) }).status).toBe("critical");
});

describe("status", () => {
  const replaced = (figure: string, value: number | null) => ({
    gauges: healthy.gauges.map((one) => (one.labels.figure === figure ? { ...one, value } : one)),
  });
  const identities = (...more: Sample[]) => ({
    identities: [...healthy.identities.filter(({ labels }) => labels.figure !== "up"), ...more],
  });
  const condition = (type: string, status: string) =>
    sample("condition", 1, { node: "ai1", condition: type, status });

  test.each<[what: string, change: Partial<NodeSamples>, status: string, reasons: string[]]>([
    ["80 % is inside the limit", replaced("memory", 0.8), "healthy", []],
    ["over 80 %", replaced("memory", 0.87), "warning", ["memory at 87 %"]],
    ["over 90 %", replaced("cpu", 0.95), "critical", ["CPU at 95 %"]],
    ["an exporter that does not answer", identities(sample("up", 0, ai1)), "critical", ["does not answer"]],
    ["not Ready", identities(condition("Ready", "unknown")), "critical", ["not Ready (unknown)"]],
    ["under pressure", identities(condition("DiskPressure", "true")), "warning", ["condition DiskPressure"]],
    ["no pressure", identities(condition("DiskPressure", "false")), "healthy", []],
    ["a missing gauge", replaced("memory", null), "no_data", ["no memory data"]],
    ["disk I/O may be missing", replaced("diskIo", null), "healthy", []],
    [
      "the worst comes first",
      { ...replaced("memory", 0.87), ...identities(condition("Ready", "false")) },
      "critical",
      ["not Ready (false)", "memory at 87 %"],
    ],
    [
      "a full disk with its forecast",
      {
        filesystems: [sample("size", 14e12, root), sample("available", 1.26e12, root)],
        trends: [sample("growth", 210e9, root)],
      },
      "critical",
      ["disk / at 91 %, full in 6 d"],
    ],
  ])("%s", (_, change, status, reasons) => {
    expect(only(change)).toMatchObject({ status, reasons });
  });
});

test("of a node that does not answer, what rates still say is left out", () => {
  const down = healthy.identities.map((one) => (one.labels.figure === "up" ? { ...one, value: 0 } : one));
  expect(only({ identities: down })).toMatchObject({
    up: false,
    cpu: { level: "UNKNOWN", ratio: null, spark: [0.4, null, 0.46] },
    memory: { level: "UNKNOWN", ratio: null },
    diskIo: { level: "UNKNOWN", ratio: null },
    network: { bytesPerSecond: null },
  });
});

test("known to Kubernetes alone: listed, up by its condition, without data", () => {
  const empty = {
    gauges: [],
    facts: [],
    filesystems: [],
    trends: [],
    sparks: [],
    pods: new Map(),
    budgets: new Map(),
  };
  const identities = [
    sample("kube", 1, { node: "nas1" }),
    sample("condition", 1, { node: "nas1", condition: "Ready", status: "true" }),
  ];
  expect(readNodes({ ...empty, identities })).toMatchObject([{ name: "nas1", status: "no_data", up: true }]);
});

test("targets that are no nodes are no nodes", () => {
  const identities = [...healthy.identities, sample("up", 1, { job: "web", instance: "10.0.0.9:8080" })];
  expect(only({ identities }).name).toBe("ai1");
});

test("roles: a GPU first, then storage, then what Kubernetes says", () => {
  const gpu = sample("gpu", 3, { Hostname: "ai1", instance: "10.0.0.7:9400" });
  expect(only({ identities: [...healthy.identities, gpu] }).role).toBe("GPU");
  const tank = { ...root, mountpoint: "/tank", device: "tank" };
  const filesystems = [...healthy.filesystems, sample("size", 14e12, tank), sample("available", 9e12, tank)];
  expect(only({ filesystems }).role).toBe("storage");
});

describe("names", () => {
  test.each([
    ["ai1:9100", "ai1"],
    ["10.0.0.5:9100", "10.0.0.5"],
    ["[fd00::1]:9100", "fd00::1"],
    ["ai1", "ai1"],
    ["fd00::1", "fd00::1"],
  ])("the host of %s is %s", (instance, host) => expect(hostOfInstance(instance)).toBe(host));

  test("label, else the host name the exporter reports, else the host of the instance", () => {
    const nameOf = nodeNamer([sample("uname", 1, { instance: "10.0.0.5:9100", nodename: "ai2" })]);
    expect(nameOf({ node: "ai1", instance: "10.0.0.5:9100" })).toBe("ai1");
    expect(nameOf({ instance: "10.0.0.5:9400" })).toBe("ai2");
    expect(nameOf({ instance: "nas1:9100" })).toBe("nas1");
    expect(nameOf({ job: "x" })).toBeNull();
  });
});
