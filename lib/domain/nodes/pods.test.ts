import { expect, test } from "vitest";
import { type Pod, podsByNamespace, podsByNode, podsByService, readPods } from "./pods.ts";

const of = (figure: string, pod: string, value: number | null, labels: Record<string, string> = {}) => ({
  labels: { figure, namespace: "prod", pod, ...labels },
  value,
});

test("a pod is put together from states and usage", () => {
  const states = [
    of("info", "search-1", 1, { node: "ai1" }),
    of("phase", "search-1", 1, { phase: "Running" }),
    of("ready", "search-1", 0),
    of("waiting", "search-1", 1, { reason: "CrashLoopBackOff" }),
    of("restarts", "search-1", 7),
    of("app", "search-1", 1, { label_app_kubernetes_io_name: "", label_app: "search" }),
  ];
  const usage = [
    of("cpu", "search-1", 0.4),
    of("memory", "search-1", null),
    of("cpuCores", "search-1", 0.8),
    of("memoryBytes", "search-1", 18e9),
  ];
  expect(readPods(states, usage)).toEqual([
    {
      namespace: "prod",
      pod: "search-1",
      node: "ai1",
      phase: "Running",
      ready: false,
      waitingReason: "CrashLoopBackOff",
      restartsLastDay: 7,
      app: "search",
      cpuCores: 0.8,
      cpuLimitRatio: 0.4,
      memoryBytes: 18e9,
      memoryLimitRatio: null,
    },
  ]);
});

const pod = (name: string, more: Partial<Pod> = {}): Pod => ({
  namespace: "prod",
  pod: name,
  node: "ai1",
  phase: "Running",
  ready: true,
  waitingReason: null,
  restartsLastDay: 0,
  app: null,
  cpuCores: null,
  cpuLimitRatio: null,
  memoryBytes: null,
  memoryLimitRatio: null,
  ...more,
});

test("by namespace: finished pods are not missing, pods known by usage alone are not counted", () => {
  const pods = [
    pod("a", { restartsLastDay: 2 }),
    pod("b", { ready: false, phase: "Pending", waitingReason: "ImagePullBackOff", restartsLastDay: null }),
    pod("done", { ready: false, phase: "Succeeded" }),
    pod("ghost", { ready: null, phase: "Unknown" }),
    pod("x", { namespace: "data", restartsLastDay: null }),
  ];
  expect(podsByNamespace(pods)).toEqual([
    { namespace: "data", ready: 1, total: 1, phases: { Running: 1 }, restartsLastDay: null, notReady: [] },
    {
      namespace: "prod",
      ready: 1,
      total: 2,
      phases: { Running: 1, Pending: 1, Succeeded: 1 },
      restartsLastDay: 2,
      notReady: [{ pod: "b", phase: "Pending", reason: "ImagePullBackOff" }],
    },
  ]);
});

test("by node", () => {
  const pods = [
    pod("a"),
    pod("b", { ready: false }),
    pod("c", { node: null }),
    pod("d", { node: "ai2", phase: "Pending", ready: false }),
  ];
  expect(Object.fromEntries(podsByNode(pods))).toEqual({
    ai1: { running: 2, notReady: 1 },
    ai2: { running: 0, notReady: 1 },
  });
});

test("by service: the app label, else the longest name that begins the pod's", () => {
  const services = [
    { name: "search", namespace: null },
    { name: "search-indexer", namespace: null },
    { name: "web", namespace: "prod" },
  ];
  const pods = [
    pod("search-6d5f-x1"),
    pod("search-indexer-0"),
    pod("searching-1"),
    pod("worker-1", { app: "search" }),
    pod("web-1", { namespace: "staging" }),
    pod("web", {}),
    pod("search-9", { app: "something-else" }),
  ];
  const owned = podsByService(pods, services);
  expect(Object.fromEntries([...owned].map(([name, own]) => [name, own.map((one) => one.pod)]))).toEqual({
    search: ["search-6d5f-x1", "worker-1", "search-9"],
    "search-indexer": ["search-indexer-0"],
    web: ["web"],
  });
});
