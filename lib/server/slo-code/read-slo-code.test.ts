import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import { readSloCode } from "./read-slo-code.ts";

function fixture(name: string) {
  const text = readFileSync(new URL(`fixtures/${name}.yaml`, import.meta.url), "utf8");
  return readSloCode([{ name, text }]);
}

const matcher = (label: string, operator: string, value: string) => ({ label, operator, value });
const shortTiers = ({ alertTiers }: SloDefinition) =>
  alertTiers.map(({ key, longMinutes, spendRatio, enabled }) => [key, longMinutes, spendRatio, enabled]);
const said = ({ problems }: ReturnType<typeof readSloCode>) =>
  problems.map(({ severity, line, column, path }) => `${severity} ${line}:${column} ${path}`);

describe("OpenSLO", () => {
  const code = fixture("openslo");
  const [availability, age, minutes] = code.definitions.map(({ definition }) => definition);

  it("follows references, reads percents, calendar windows and inline and referred policies", () => {
    expect(availability).toMatchObject({
      name: "checkout-availability",
      service: "checkout",
      owner: "pay",
      description: "Requests answered without a server error.",
      sli: {
        kind: "availability",
        requests: { metric: "http_requests_total", matchers: [matcher("service", "=", "checkout")] },
        failed: [matcher("status", "=~", "5..")],
      },
      objectives: [
        { target: 0.9995, window: { kind: "calendar", unit: "month", zone: "Europe/Berlin" } },
        { target: 0.999, window: { kind: "calendar", unit: "month", zone: "Europe/Berlin" } },
      ],
    });
    // 3x over a day of 30 is 10 %; 14.4x over an hour is 2 %, and that policy is off.
    expect(shortTiers(availability!)).toEqual([
      ["ticket_fast", 1440, 0.1, true],
      ["page_fast", 60, 0.02, false],
    ]);
  });

  it("judges thresholds and good ratios per slice", () => {
    expect(age).toMatchObject({
      sli: { kind: "probe", good: { operator: "<=", value: 60 } },
      budgeting: { method: "timeslices", sliceMinutes: 5, sliceGood: null },
      objectives: [{ target: 0.99, window: { kind: "rolling", days: 28 } }],
    });
    expect(minutes).toMatchObject({
      sli: { kind: "availability", failed: [matcher("status", "=~", "5..")] },
      budgeting: { method: "timeslices", sliceMinutes: 1, sliceGood: { operator: ">=", value: 0.99 } },
    });
  });

  it("names what it does not take over, where it stands", () => {
    expect(said(code)).toEqual([
      "warning 35:17 spec.condition.alertAfter",
      "warning 45:3 spec.notificationTargets",
      "warning 55:5 metadata.labels.region",
      "warning 103:28 spec.indicator.spec.thresholdMetric.metricSource.metricSourceRef",
    ]);
  });

  it("finds references in another file", () => {
    const text = readFileSync(new URL("fixtures/openslo.yaml", import.meta.url), "utf8");
    const documents = text.split("---\n");
    const isSlo = (document: string) => document.includes("kind: SLO\n");
    const slos = documents.filter(isSlo).join("---\n");
    const others = documents.filter((document) => !isSlo(document)).join("---\n");
    const parted = readSloCode([
      { name: "slos", text: slos },
      { name: "others", text: others },
    ]);
    expect(parted.definitions.map(({ definition }) => definition)).toEqual([availability, age, minutes]);
    const alone = readSloCode([{ name: "slos", text: slos }]);
    expect(alone.problems.filter(({ severity }) => severity === "error")).toMatchObject([
      { path: "spec.indicatorRef", message: 'There is no SLI called "checkout-errors" in these files.' },
      { path: "spec.alertPolicies.0.alertPolicyRef" },
    ]);
  });
});

describe("Sloth", () => {
  const code = fixture("sloth");
  const [availability, latency, satisfaction, ratio] = code.definitions.map(({ definition }) => definition);

  it("reads errors over requests, the runbook, and what is turned off", () => {
    expect(availability).toMatchObject({
      service: "checkout",
      owner: "pay",
      tier: null,
      runbookUrl: "https://runbooks.example/checkout",
      sli: { kind: "availability", failed: [matcher("code", "=~", "(5..|429)")] },
      objectives: [{ target: 0.999, window: { kind: "rolling", days: 30 } }],
    });
    expect(shortTiers(availability!).map(([key, , , enabled]) => [key, enabled])).toEqual([
      ["page_fast", true],
      ["page_slow", true],
      ["ticket_fast", false],
      ["ticket_slow", false],
    ]);
  });

  it("sees a latency in all requests less the fast ones", () => {
    expect(latency!.sli).toEqual({
      kind: "latency",
      histogram: "classic",
      durations: { metric: "http_request_duration_seconds", matchers: [matcher("job", "=", "checkout")] },
      thresholdSeconds: 0.5,
      durationToSeconds: 1,
    });
  });

  it("keeps other queries as they are, with our word for the window", () => {
    expect(satisfaction!.sli).toEqual({
      kind: "custom",
      form: "bad",
      numerator: "sum_over_time((count(client_satisfaction_ratio < 0.75))[$window:]) OR on() vector(0)",
      total: "sum_over_time((count(client_satisfaction_ratio))[$window:])",
    });
  });

  it("takes a raw ratio apart where it shows what it divides", () => {
    expect(ratio!.sli).toMatchObject({ kind: "error_rate", errors: { metric: "jobs_failed_total" } });
  });

  it("names labels and alert settings that it does not take over", () => {
    expect(said(code)).toEqual(
      expect.arrayContaining([
        "warning 5:9 labels.tier",
        "warning 15:13 slos.0.alerting.name",
        "warning 17:19 slos.0.alerting.labels.category",
        "warning 21:9 slos.0.alerting.page_alert.labels",
      ]),
    );
  });

  it("reads the Kubernetes resource with its own spelling", () => {
    const [found, ...more] = fixture("sloth-resource").definitions;
    expect(more).toEqual([]);
    expect(found!.line).toBe(11);
    expect(found!.definition).toMatchObject({ name: "requests-availability", owner: "pay" });
    expect(shortTiers(found!.definition).map(([, , , enabled]) => enabled)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe("Pyrra", () => {
  const code = fixture("pyrra");
  const [errors, latency, native, probes] = code.definitions.map(({ definition }) => definition);

  it("reads a ratio with its grouping, and the service from its selector", () => {
    expect(errors).toMatchObject({
      service: "checkout",
      owner: "pay",
      groupBy: ["route"],
      sli: { kind: "availability", failed: [matcher("code", "=~", "5..")] },
      objectives: [{ target: 0.999, window: { kind: "rolling", days: 28 } }],
    });
    expect(errors!.alertTiers.some(({ enabled }) => enabled)).toBe(false);
  });

  it("reads latencies of both kinds of histograms", () => {
    expect(latency).toMatchObject({
      service: "checkout",
      sli: { kind: "latency", histogram: "classic", thresholdSeconds: 0.05 },
    });
    expect(latency!.sli).toHaveProperty("durations.matchers", [
      matcher("job", "=", "web"),
      matcher("code", "!~", "5.."),
    ]);
    expect(native!.sli).toMatchObject({
      histogram: "native",
      durations: { metric: "http_request_duration_seconds" },
      thresholdSeconds: 0.25,
    });
  });

  it("counts the samples of a gauge that is 0 or 1", () => {
    expect(probes).toMatchObject({
      groupBy: ["instance"],
      sli: {
        kind: "custom",
        form: "good",
        numerator: 'sum by (instance) (sum_over_time(probe_success{job="checkout-probe"}[$window]))',
        total: 'sum by (instance) (count_over_time(probe_success{job="checkout-probe"}[$window]))',
      },
    });
  });
});

describe("slo.dev/v1", () => {
  const code = fixture("slo-dev");
  const [found] = code.definitions;

  it("turns swapped windows round and derives the spend from the factor", () => {
    // 14.4 * 1 h / 720 h = 2 %; 3 * 6 h / 720 h = 2.5 %, not 10 %.
    expect(shortTiers(found!.definition)).toEqual([
      ["page_fast", 60, 0.02, true],
      ["ticket_fast", 360, 0.025, true],
    ]);
    expect(said(code)).toEqual(
      expect.arrayContaining([
        "warning 24:9 spec.alerting.burnRates.0",
        "warning 28:9 spec.alerting.burnRates.1",
      ]),
    );
  });

  it("reads filters, objectives and the runbook", () => {
    expect(found!.definition).toMatchObject({
      name: "api-availability",
      service: "api-service",
      sli: { kind: "availability", failed: [matcher("status_code", "=~", "5..")] },
      objectives: [{ target: 0.999, window: { kind: "rolling", days: 30 } }],
      runbookUrl: "https://runbooks.example.com/api-availability",
    });
  });
});

describe("problems of a definition", () => {
  it.each<[string, string, string, string]>([
    ["sloth", "objective: 99.9\n", "objective: 100\n", "8:16 slos.0.objective"],
    ["sloth", '"requests-availability"', '"Requests Availability"', "7:11 slos.0.name"],
    ["sloth", '"checkout",code', '"checkout"{,code', "12:22 slos.0.sli.events.error_query"],
    ["slo-dev", "target: 0.999", "target: 99.9", "21:15 spec.objectives.0.target"],
    ["slo-dev", "window: 30d", "window: 200d", "20:15 spec.objectives.0.window"],
    ["slo-dev", "- status_code != 5xx", "- status_code is fine", "15:11 spec.indicator.counter.filters.0"],
    [
      "slo-dev",
      "metric: http_requests_total\n      filters",
      "metric: 5xx-rate\n      filters",
      "12:5 spec.indicator.counter",
    ],
    ["slo-dev", "severity: warning", "severity: odd", "28:19 spec.alerting.burnRates.1.severity"],
    ["pyrra", 'target: "99.9"', "target: much", "11:11 spec.target"],
    ["pyrra", "window: 4w", "window: 1h", "12:11 spec.window"],
    [
      "openslo",
      "timeZone: Europe/Berlin",
      "timeZone: Mars/Base",
      "64:19 spec.timeWindow.0.calendar.timeZone",
    ],
    ["openslo", "timeSliceWindow: 5m", "timeSliceWindow: 10m", "115:24 spec.objectives.0.timeSliceWindow"],
    [
      "openslo",
      "threshold: 14.4",
      "threshold: often",
      "87:28 spec.alertPolicies.1.spec.conditions.0.spec.condition.threshold",
    ],
  ])("%s: %s → %s", (name, before, after, place) => {
    const text = readFileSync(new URL(`fixtures/${name}.yaml`, import.meta.url), "utf8");
    expect(text).toContain(before);
    const { problems } = readSloCode([{ name, text: text.replace(before, after) }]);
    const errors = problems.filter(({ severity }) => severity === "error");
    expect(errors.map(({ line, column, path }) => `${line}:${column} ${path}`)).toEqual([place]);
  });

  it("names a key that is there twice", () => {
    const text = readFileSync(new URL("fixtures/slo-dev.yaml", import.meta.url), "utf8");
    const { problems } = readSloCode([
      { name: "a.yaml", text },
      { name: "b.yaml", text },
    ]);
    expect(problems.filter(({ severity }) => severity === "error")).toMatchObject([
      { file: "b.yaml", line: 2, message: "There is another SLO called api-service/api-availability." },
    ]);
  });
});
