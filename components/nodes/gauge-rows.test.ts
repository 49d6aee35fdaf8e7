import { describe, expect, it } from "vitest";
import type { NodeHealth } from "#lib/contracts/cluster.ts";
import { forecast, gaugeRows, rise, toScale } from "./gauge-rows.ts";
import { withoutLeftovers } from "./down-node.ts";
import { nodesInWords, sortNodes } from "./node-order.ts";
import { cpuTitle, filesystemsTitle, loadTitle, memoryTitle } from "./node-titles.ts";

const NAS1: NodeHealth = {
  name: "nas1",
  role: "storage",
  status: "critical",
  up: true,
  reasons: [],
  uptimeSeconds: 3_542_400,
  cores: 8,
  load1: 3.14159,
  memoryBytes: 64e9,
  cpu: { level: "OK", ratio: 0.17, spark: [0.1, null, 0.17] },
  memory: { level: "WARNING", ratio: 0.87, spark: [], risePerDayRatio: 0.019 },
  disk: { level: "CRITICAL", ratio: 0.91, spark: [], mountpoint: "/tank", fullInDays: 6 },
  diskIo: { level: "OK", ratio: 0.12, spark: [] },
  network: { level: "OK", ratio: 0.2, bytesPerSecond: 26.5e6, spark: [] },
  temperatureCelsius: 41,
  filesystems: [],
  conditions: [],
  pods: { running: 9, notReady: 0 },
  budgets: [],
};
const SILENT: NodeHealth = {
  ...NAS1,
  up: null,
  cpu: { level: "UNKNOWN", ratio: null, spark: [] },
  memory: { level: "UNKNOWN", ratio: null, spark: [], risePerDayRatio: null },
  disk: { level: "UNKNOWN", ratio: null, spark: [], mountpoint: null, fullInDays: null },
  network: { level: "UNKNOWN", ratio: null, bytesPerSecond: null, spark: [] },
  load1: null,
};

describe("gaugeRows", () => {
  it("says figure and direction of each resource", () => {
    expect(gaugeRows(NAS1).map(({ label, figure, note, level }) => [label, figure, note, level])).toEqual([
      ["CPU", "17 %", null, "OK"],
      ["Memory", "87 %", "rising 1.9 %/d", "WARNING"],
      ["Disk /tank", "91 %", "full in 6 d", "CRITICAL"],
      ["Network", "26.5 MB/s", null, "OK"],
    ]);
  });

  it("shows a dash with its reason where nothing reports, and never a good level", () => {
    for (const row of gaugeRows(SILENT)) {
      expect([row.figure, row.level]).toEqual(["—", "UNKNOWN"]);
      expect(row.why).toContain("nothing reports it for nas1");
    }
    expect(gaugeRows({ ...SILENT, up: false })[0]?.why).toBe("No figure for CPU: nas1 is down");
  });
});

describe("withoutLeftovers", () => {
  it("takes the figures of a node that is down, and of no other", () => {
    const down = gaugeRows(withoutLeftovers({ ...NAS1, up: false }));
    expect(down.map(({ figure, level, note }) => [figure, level, note])).toEqual(
      Array.from({ length: 4 }, () => ["—", "UNKNOWN", null]),
    );
    expect(withoutLeftovers(NAS1)).toBe(NAS1);
    expect(withoutLeftovers(SILENT)).toBe(SILENT);
  });
});

describe("toScale", () => {
  it.each([
    // A ripple of 2 points in a box of 25 stands in its middle.
    [[0.48, null, 0.5], 0.25, [0.115, null, 0.135], 0.25],
    // A swing of 40 points fills its box.
    [[0.1, 0.5], 0.25, [0, 0.4], 0.4],
    [[5, 9], 0, [0, 4], 4],
    [[null, null], 0.25, [null, null], 0.25],
  ])("%j at least %f high", (values, leastSpan, shown, max) => {
    const scaled = toScale(values, leastSpan);
    expect(scaled.max).toBeCloseTo(max, 12);
    expect(scaled.values.map((value) => value && Number(value.toFixed(12)))).toEqual(shown);
  });
});

describe("forecasts in words", () => {
  it.each([
    [forecast(6), "full in 6 d"],
    [forecast(0.5), "full in 12 h"],
    [forecast(0), "full"],
    [forecast(-2), "full"],
    [forecast(90), "full in 90 d"],
    [forecast(91), null],
    [forecast(null), null],
    [rise(0.019), "rising 1.9 %/d"],
    [rise(0.0049), null],
    [rise(-0.02), null],
    [rise(null), null],
  ])("%j", (words, expected) => {
    expect(words).toBe(expected);
  });
});

describe("titles of a node's charts", () => {
  it("say the answer, or that there is none", () => {
    expect([cpuTitle(NAS1), loadTitle(NAS1), memoryTitle(NAS1), filesystemsTitle(NAS1)]).toEqual([
      "CPU 17 % busy",
      "Load 3.14 on 8 cores",
      "Memory 87 % of 64 GB, rising 1.9 %/d",
      "/tank 91 % used, full in 6 d",
    ]);
    expect([cpuTitle(SILENT), loadTitle(SILENT), memoryTitle(SILENT), filesystemsTitle(SILENT)]).toEqual([
      "CPU: no data",
      "Load: no data",
      "Memory: no data",
      "Filesystems: no data",
    ]);
  });
});

describe("lists of nodes", () => {
  it("counts those that are down or silent", () => {
    expect(nodesInWords([{ up: true }, { up: true }])).toBe("2 nodes, all up");
    expect(nodesInWords([{ up: false }])).toBe("1 node, 1 down");
    expect(nodesInWords([{ up: true }, { up: false }, { up: null }])).toBe("3 nodes, 1 down, 1 without data");
  });

  it("keeps strips in the order of their names", () => {
    const names = sortNodes([NAS1, { ...NAS1, name: "ai2" }, { ...NAS1, name: "ai1" }]).map(
      ({ name }) => name,
    );
    expect(names).toEqual(["ai1", "ai2", "nas1"]);
  });
});
