import { describe, expect, test } from "vitest";
import { clusterFindings, type ClusterState } from "./cluster-findings.ts";
import { onsetOver, onsetWords, suspectDeploy } from "./onset.ts";
import { failing, NO_TROUBLES, node, NOW_MS, pod, QUIET, service, SILENT } from "./testing.ts";

const calm: ClusterState = {
  services: [],
  nodes: [],
  pods: [],
  journeys: [],
  sources: [],
  troubles: NO_TROUBLES,
};
const titles = (change: Partial<ClusterState>) =>
  clusterFindings({ ...calm, ...change }).map(({ status, title }) => `${status}: ${title}`);
const first = (change: Partial<ClusterState>) => clusterFindings({ ...calm, ...change })[0];

test("nothing is wrong, nothing is found; a quiet service is no finding", () => {
  expect(titles({ services: [service("web"), service("reporting", QUIET)], nodes: [node("ai1")] })).toEqual(
    [],
  );
});

describe("services", () => {
  const at = (clock: string) => Date.parse(`2026-11-20T${clock}:00Z`);
  const troubles = {
    nowMs: NOW_MS,
    deploys: [{ service: "checkout", version: "v2.14", previous: "v2.13", atMs: at("14:19") }],
    troubles: new Map([
      [
        "checkout",
        {
          errorsSince: { atMs: at("14:21"), orEarlier: false },
          latencySince: null,
          failingRoute: "POST /pay",
        },
      ],
    ]),
  };

  test("errors with route, time and deploy", () => {
    expect(first({ services: [service("checkout", failing(2.31))], troubles })).toEqual({
      id: "service/checkout/errors",
      status: "warning",
      subject: { kind: "service", name: "checkout" },
      title: "checkout errors 2.31 %",
      reason: "POST /pay fails most, since 14:21 UTC, after v2.14 (14:19 UTC).",
      nextStep: "Roll back to v2.13, or read the error logs of POST /pay.",
      urgency: 90.231,
      clause: { text: "checkout is failing 1 request in 43", tail: " since 14:21 UTC" },
    });
  });

  test("errors of which no more is known", () => {
    expect(first({ services: [service("checkout", failing(7))] })).toMatchObject({
      status: "critical",
      reason: "7 % of requests fail, over 5 %.",
      nextStep: "Read the error logs of checkout.",
      clause: { tail: "" },
    });
  });

  test.each([
    [{ latency: { p50Seconds: 0.1, p95Seconds: 0.5, p99Seconds: 1.41 } }, "critical: search p99 1.41 s"],
    [{ baselinePerSecond: 45.5 }, "warning: search traffic 2.2x its usual"],
    [
      { fullness: [{ resource: "cpu", subject: "search-1", ratio: 0.85 }] },
      "warning: search CPU 85 % of its limit",
    ],
  ] as const)("%j", (readings, title) => {
    expect(titles({ services: [service("search", readings)] })).toEqual([title]);
  });

  test("a batch service that is late", () => {
    const batch = {
      runsLastDay: 0,
      failuresLastDay: 2,
      runsLastWeek: 7,
      lastDurationSeconds: null,
      lastSuccessAgeSeconds: 52 * 3600,
    };
    const backup = service("backup", { ...SILENT, batch }, { kind: "batch" });
    expect(first({ services: [backup] })).toMatchObject({
      status: "critical",
      title: "backup: 2.2 d since success",
      nextStep: "Read the logs of backup's failed run, then run it again.",
    });
  });

  test("services without data are one finding, behind real trouble", () => {
    const services = ["a", "b", "c", "d", "e", "f", "g"].map((name) => service(name, SILENT));
    expect(titles({ services: [...services, service("bad", failing(2))] })).toEqual([
      "warning: bad errors 2 %",
      "no_data: 7 services lack data",
    ]);
    expect(clusterFindings({ ...calm, services })[0]?.reason).toBe(
      "a, b, c, d, e and 2 more lack the figures to be judged by.",
    );
  });
});

describe("nodes", () => {
  const tank = (usedRatio: number, fullInDays: number | null) => ({
    mountpoint: "/tank",
    level: usedRatio > 0.9 ? ("CRITICAL" as const) : ("OK" as const),
    usedRatio,
    sizeBytes: 14e12,
    availableBytes: 14e12 * (1 - usedRatio),
    fullInDays,
    growthBytesPerDay: fullInDays === null ? null : 210e9,
  });

  test("a full disk that is filling is one finding", () => {
    expect(first({ nodes: [node("nas1", { filesystems: [tank(0.91, 6)] })] })).toMatchObject({
      status: "critical",
      title: "nas1 /tank 91 %, full in 6 d",
      reason: "Grows 210 GB a day; 1.26 TB left.",
      clause: { text: "nas1 fills in 6 days" },
    });
  });

  test.each<[usedRatio: number, days: number | null, expected: string[]]>([
    [0.7, 15, []],
    [0.7, 14, ["attention: nas1 /tank 70 %, full in 14 d"]],
    [0.7, 7, ["warning: nas1 /tank 70 %, full in 7 d"]],
    [0.7, 1, ["critical: nas1 /tank 70 %, full in 24 h"]],
    [0.95, null, ["critical: nas1 /tank 95 %"]],
  ])("a disk at %s, full in %s days", (ratio, days, expected) => {
    expect(titles({ nodes: [node("nas1", { filesystems: [tank(ratio, days)] })] })).toEqual(expected);
  });

  test.each([
    // (0.9 - 0.748) / 0.019 a day = 8 days.
    [0.748, 0.019, ["attention: ai2 memory rises 1.9 % a day"]],
    [0.84, 0.019, ["warning: ai2 memory 84 %, rising 1.9 % a day"]],
    [0.5, 0.019, []],
    [0.89, 0.001, ["warning: ai2 memory 89 %"]],
    [0.95, 0.019, ["critical: ai2 memory 95 %"]],
  ])("memory at %s rising %s a day", (memory, risePerDayRatio, expected) => {
    expect(titles({ nodes: [node("ai2", { memory, risePerDayRatio })] })).toEqual(expected);
  });

  test("the next step names the pod that holds most memory on that node", () => {
    const pods = [
      pod("gateway-1", { node: "ai2", memoryBytes: 18e9 }),
      pod("web-1", { node: "ai2", memoryBytes: 1e9 }),
      pod("elsewhere", { node: "ai1", memoryBytes: 99e9 }),
    ];
    expect(first({ nodes: [node("ai2", { memory: 0.84 })], pods })?.nextStep).toBe(
      "Look at gateway-1 first: it holds 18 GB.",
    );
  });

  test("a node that is down is that alone", () => {
    const down = node("ai2", { up: false, cpu: null, memory: null });
    expect(titles({ nodes: [down] })).toEqual(["critical: ai2 does not answer"]);
  });

  test("not Ready is critical, a pressure is a warning", () => {
    const conditions = [
      { type: "Ready", status: "false", bad: true },
      { type: "DiskPressure", status: "true", bad: true },
      { type: "PIDPressure", status: "false", bad: false },
    ] as const;
    expect(titles({ nodes: [node("ai2", { conditions: [...conditions] })] })).toEqual([
      "critical: ai2 is not Ready",
      "warning: ai2 reports DiskPressure",
    ]);
  });
});

test("pods: not ready by namespace, and ready ones that keep restarting", () => {
  const pods = [
    pod("a", { ready: false, waitingReason: "CrashLoopBackOff", restartsLastDay: 7 }),
    pod("b", { ready: false, phase: "Pending" }),
    pod("c", { restartsLastDay: 2 }),
    pod("d", { namespace: "data", restartsLastDay: 3 }),
    pod("done", { ready: false, phase: "Succeeded" }),
    pod("unknown", { ready: null }),
  ];
  expect(clusterFindings({ ...calm, pods }).map(({ title, reason }) => [title, reason])).toEqual([
    ["2 pods in prod not ready", "a and b: CrashLoopBackOff and Pending, 7 restarts in the last day."],
    ["3 restarts in data in the last day", "d; ready now."],
  ]);
});

test("a source that is down comes first", () => {
  const loki = {
    kind: "loki",
    name: "default",
    state: "down",
    lastSeenAt: "2026-11-20T14:02:00.000Z",
    error: "connect ECONNREFUSED",
  } as const;
  const nodes = [node("ai1", { cpu: 0.85 })];
  expect(clusterFindings({ ...calm, nodes, sources: [loki] })[0]).toMatchObject({
    title: "Loki has not answered since 14:02 UTC",
    reason: "connect ECONNREFUSED; there are no new log lines.",
    subject: { kind: "source", name: "loki/default" },
  });
});

test("order does not depend on the order of the inputs, and 20 is the end", () => {
  const services = Array.from({ length: 30 }, (_, index) => service(`s${index}`, failing(2 + (index % 3))));
  const forwards = clusterFindings({ ...calm, services });
  const backwards = clusterFindings({ ...calm, services: services.toReversed() });
  expect(forwards).toHaveLength(20);
  expect(backwards).toEqual(forwards);
  expect(forwards[0]?.title).toBe("s11 errors 4 %");
});

describe("onset", () => {
  const track = (values: (number | null)[]) => ({ startSeconds: 600, stepSeconds: 60, values });
  test.each<[(number | null)[], number | null, boolean]>([
    [[0, 0, 0.02, 0.03], 720, false],
    [[0.02, 0, 0.02], 720, false],
    [[0.02, 0.03], 600, true],
    [[0, null, 0.02, null], 720, false],
    [[0.02, 0.01], null, false],
    [[null], null, false],
    [[], null, false],
  ])("%j is over 1 %% since %s", (values, sinceSeconds, orEarlier) => {
    const onset = onsetOver(track(values), 0.01);
    expect(onset).toEqual(sinceSeconds === null ? null : { atMs: sinceSeconds * 1000, orEarlier });
  });

  test("words", () => {
    expect(onsetWords(null, NOW_MS)).toBe("");
    expect(onsetWords({ atMs: NOW_MS - 19 * 60_000, orEarlier: false }, NOW_MS)).toBe("since 14:21 UTC");
    expect(onsetWords({ atMs: NOW_MS - 6 * 3_600_000, orEarlier: true }, NOW_MS)).toBe("for over 6 hours");
  });

  test("the suspect is the newest deploy before it, not older than six hours", () => {
    const deploy = (version: string, minutesAgo: number) => ({
      service: "web",
      version,
      previous: null,
      atMs: NOW_MS - minutesAgo * 60_000,
    });
    const deploys = [deploy("v1", 400), deploy("v2", 120), deploy("v3", 60), deploy("v4", 5)];
    const onset = { atMs: NOW_MS - 55 * 60_000, orEarlier: false };
    expect(suspectDeploy(deploys, "web", onset, NOW_MS)?.version).toBe("v3");
    expect(suspectDeploy(deploys, "auth", onset, NOW_MS)).toBeNull();
    expect(suspectDeploy([deploy("v1", 400)], "web", onset, NOW_MS)).toBeNull();
  });
});
