import { describe, expect, it } from "vitest";
import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import { batchInWords } from "./batch-words.ts";
import { filterServices } from "./service-order.ts";
import { servicesInWords } from "./service-words.ts";
import { worstReason } from "./worst-reason.ts";

const signal = (level: "OK" | "WARNING" | "CRITICAL" | "UNKNOWN", reason: string) => ({ level, reason });

function service(name: string, more: Partial<ServiceHealth> = {}): ServiceHealth {
  return {
    name,
    tier: "standard",
    kind: "api",
    team: null,
    namespace: "prod",
    nodes: ["ai1"],
    version: null,
    status: "healthy",
    signals: {
      latency: {
        ...signal("OK", "p99 38 ms"),
        p50Seconds: null,
        p95Seconds: null,
        p99Seconds: 0.038,
        thresholdSeconds: 0.5,
      },
      traffic: { ...signal("OK", "94/s"), requestsPerSecond: 94, baselinePerSecond: 90, ratio: 94 / 90 },
      errors: {
        ...signal("OK", "0 % of requests fail"),
        ratio: 0,
        clientErrorRatio: 0,
        timeoutRatio: 0,
        businessErrorsPerSecond: 0,
      },
      saturation: { ...signal("OK", "cpu at 34 %"), ratio: 0.34, resource: "cpu", subject: "p" },
    },
    batch: null,
    budgets: [],
    ...more,
  };
}
const ALL = { q: "", tier: null, status: null, node: null };

describe("filterServices", () => {
  const services = [
    service("checkout", { tier: "critical", team: "payments", nodes: ["ai1", "ai2"] }),
    service("media-store", { nodes: ["nas1"], status: "warning" }),
    service("search"),
  ];
  it.each([
    [{}, ["checkout", "media-store", "search"]],
    [{ q: "PAY check" }, ["checkout"]],
    [{ q: "nas" }, ["media-store"]],
    [{ q: "nothing" }, []],
    [{ tier: "critical" }, ["checkout"]],
    [{ status: "warning" }, ["media-store"]],
    [{ node: "ai1" }, ["checkout", "search"]],
    [{ node: "ai1", q: "search", status: "warning" }, []],
  ] as const)("%j", (filter, names) => {
    expect(filterServices(services, { ...ALL, ...filter }).map(({ name }) => name)).toEqual(names);
  });
});

describe("servicesInWords", () => {
  it("counts trouble and silence apart", () => {
    const of = (...statuses: ServiceHealth["status"][]) =>
      servicesInWords(statuses.map((status) => ({ status })));
    expect(of("healthy", "healthy")).toBe("2 services, all healthy");
    expect(of("critical", "healthy", "no_data")).toBe("3 services, 1 not healthy, 1 without data");
    expect(of("no_data")).toBe("1 service, 1 without data");
  });
});

describe("worstReason", () => {
  it("takes the worst signal that has a number", () => {
    const base = service("a");
    expect(worstReason(base)).toBe("no signal is over its limit");
    const slow = { ...base.signals.latency, ...signal("WARNING", "p99 900 ms") };
    const full = { ...base.signals.saturation, ...signal("CRITICAL", "memory at 95 %") };
    expect(worstReason({ ...base, signals: { ...base.signals, latency: slow } })).toBe("p99 900 ms");
    expect(worstReason({ ...base, signals: { ...base.signals, latency: slow, saturation: full } })).toBe(
      "memory at 95 %",
    );
    const quiet = { ...base.signals.errors, ...signal("UNKNOWN", "no request data") };
    expect(worstReason({ ...base, signals: { ...base.signals, errors: quiet, latency: slow } })).toBe(
      "p99 900 ms",
    );
  });
});

describe("batchInWords", () => {
  const batch = {
    ...signal("OK", ""),
    runsLastDay: 4,
    failuresLastDay: 1,
    lastDurationSeconds: 60,
    lastSuccessAgeSeconds: 32_400,
  };
  it.each([
    [batch, "last success 9 h ago, 1 of 4 runs failed"],
    [{ ...batch, failuresLastDay: 0 }, "last success 9 h ago, 4 runs in 24 h"],
    [{ ...batch, runsLastDay: 0, failuresLastDay: 0 }, "last success 9 h ago, no run in 24 h"],
    [{ ...batch, runsLastDay: null, lastSuccessAgeSeconds: null }, "no success on record, runs unknown"],
  ])("%#", (reading, words) => {
    expect(batchInWords(reading)).toBe(words);
  });
});
