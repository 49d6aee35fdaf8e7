import { describe, expect, it } from "vitest";
import { createWorld } from "#demo/sim/script.ts";
import type { Fault, World } from "#demo/sim/world.ts";
import { linesOf, ticksOf } from "./generate.ts";
import { happenings, jsonLine, logfmtLine, type Interval, type LogLine } from "./log-line.ts";

const BIRTH_MS = Date.UTC(2026, 10, 20, 12);
const MINUTE: Interval = { fromMs: BIRTH_MS + 60_000, toMs: BIRTH_MS + 120_000 };

/** Numbers that look random and are the same in every run. */
function seeded(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function world(...faults: Partial<Fault>[]): World {
  const made = createWorld({ seed: 1, birthMs: BIRTH_MS, days: 30 });
  const injected = faults.map((fault): Fault => {
    return { scenario: "errors", target: "checkout", fromMs: BIRTH_MS, toMs: null, strength: 1, ...fault };
  });
  return { ...made, faults: [...made.faults, ...injected] };
}

const minuteOf = (made: World, density = 1) => linesOf(made, MINUTE, density, seeded());
const of = (lines: LogLine[], labels: Record<string, string>) =>
  lines.filter((line) => Object.entries(labels).every(([name, value]) => line.labels[name] === value));

describe("a calm minute", () => {
  const lines = minuteOf(world());

  it("has 5 to 15 lines a second, all within it and in order", () => {
    expect(lines.length / 60).toBeGreaterThan(5);
    expect(lines.length / 60).toBeLessThan(15);
    const times = lines.map(({ timestampMs }) => timestampMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(MINUTE.fromMs);
    expect(Math.max(...times)).toBeLessThan(MINUTE.toMs);
  });

  it("comes from services and from the systems of all nodes, with few label values", () => {
    const services = new Set(lines.map(({ labels }) => labels.service).filter(Boolean));
    expect([...services].sort()).toEqual(
      expect.arrayContaining(["auth", "checkout", "inference-gateway", "media-store", "search", "web"]),
    );
    const journal = of(lines, { job: "systemd-journal" });
    expect(new Set(journal.map(({ labels }) => labels.node))).toEqual(new Set(["ai1", "ai2", "nas1"]));
    const names = new Set(lines.flatMap(({ labels }) => Object.keys(labels)));
    expect([...names].sort()).toEqual(["job", "level", "namespace", "node", "pod", "service", "unit"]);
    expect(new Set(lines.map(({ labels }) => JSON.stringify(labels))).size).toBeLessThan(80);
  });

  it("is JSON for some services and logfmt for others, with the trace beside the line", () => {
    const request = of(lines, { service: "checkout" }).find(({ line }) => line.includes("path"));
    expect(JSON.parse(request?.line ?? "")).toMatchObject({
      level: "info",
      trace_id: request?.metadata.trace_id,
    });
    expect(of(lines, { service: "search" })[0]?.line).toMatch(/^ts=\S+ level=\w+ msg=/);
  });

  it("is thinner at less density", () => {
    expect(minuteOf(world(), 0.1).length).toBeLessThan(lines.length / 4);
  });
});

describe("faults show in the lines", () => {
  it("errors", () => {
    const calm = of(minuteOf(world()), { service: "checkout", level: "error" });
    const broken = of(minuteOf(world({ scenario: "errors", strength: 0.12 })), {
      service: "checkout",
      level: "error",
    });
    expect(calm.length).toBeLessThan(3);
    expect(broken.length).toBeGreaterThan(100);
    expect(broken[0]?.line).toMatch(/"status":50[034]/);
  });

  it("latency", () => {
    const slow = (made: World) => minuteOf(made).filter(({ line }) => line.includes("slow request")).length;
    const latency = world({ scenario: "latency", target: "search", strength: 20 });
    expect(slow(latency)).toBeGreaterThan(slow(world()) + 10);
  });

  it("log-storm: over 200 lines a second", () => {
    const storm = of(minuteOf(world({ scenario: "log-storm" })), { service: "checkout" });
    expect(storm.length / 60).toBeGreaterThan(200);
  });

  it("node-down: silence there, and word of it from the control plane", () => {
    const lines = minuteOf(world({ scenario: "node-down", target: "ai2" }));
    expect(of(lines, { node: "ai2" })).toEqual([]);
    const told = of(lines, { node: "ai1", unit: "k3s", level: "error" });
    expect(told.some(({ line }) => /^E1120 12:01:\d\d\.\d{6} .*node="ai2"/.test(line))).toBe(true);
  });

  it("disk-full: the kernel of that node says so", () => {
    const lines = minuteOf(world({ scenario: "disk-full", target: "nas1" }));
    const kernel = of(lines, { node: "nas1", unit: "kernel" });
    expect(kernel.some(({ line }) => line.includes("no space left on device"))).toBe(true);
  });

  it("the backup's end is told once, when it happened", () => {
    const hour = { fromMs: BIRTH_MS, toMs: BIRTH_MS + 3_600_000 };
    const random = seeded();
    const lines = [...ticksOf(hour)].flatMap((tick) => linesOf(world(), tick, 0.01, random));
    const ends = of(lines, { service: "backup" }).filter(({ line }) =>
      /msg="backup (finished|failed)/.test(line),
    );
    expect(ends).toHaveLength(3);
  });
});

it("ticks cover an interval without gap or overlap", () => {
  expect([...ticksOf({ fromMs: 119_000, toMs: 361_000 })]).toEqual([
    { fromMs: 119_000, toMs: 120_000 },
    { fromMs: 120_000, toMs: 240_000 },
    { fromMs: 240_000, toMs: 360_000 },
    { fromMs: 360_000, toMs: 361_000 },
  ]);
});

it("happenings keep their rate on average", () => {
  const random = seeded();
  const interval = { fromMs: 0, toMs: 1_000 };
  const total = Array.from({ length: 2_000 }, () => happenings(0.25, interval, random).length);
  expect(total.reduce((a, b) => a + b) / 2_000).toBeCloseTo(0.25, 1);
  expect(happenings(3, interval, random)).toHaveLength(3);
});

it("quotes what must be quoted", () => {
  const fields = { a: "x", b: "two words", c: "", d: 'q"', e: 1.5, f: "k=v", g: "line\nend" };
  expect(logfmtLine(fields)).toBe(`a=x b="two words" c="" d="q\\"" e=1.5 f="k=v" g="line\\nend"`);
  expect(JSON.parse(jsonLine(fields))).toEqual(fields);
});
