import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseDemoSettings } from "./demo-settings.ts";
import { parseEvent } from "./part.ts";
import { historyConfig, liveConfig } from "./prometheus.ts";

describe("Prometheus' configuration", () => {
  it("scrapes nothing while history is written", () => {
    expect(parse(historyConfig())).not.toHaveProperty("scrape_configs");
    expect(parse(historyConfig())).not.toHaveProperty("rule_files");
  });

  it("scrapes every target at the simulator under the target's own labels", () => {
    const config: unknown = parse(
      liveConfig({
        targets: [
          { job: "node", instance: "ai1:9100", path: "/scrape/node/ai1", labels: { node: "ai1" } },
          { job: "node", instance: "ai2:9100", path: "/scrape/node/ai2", labels: { node: "ai2" } },
          { job: "kube", instance: "kube:8080", path: "/scrape/kube", labels: {} },
        ],
        simulator: "127.0.0.1:19100",
        alertmanager: "127.0.0.1:19093",
        ruleFiles: ["/rules/a.rules.yml"],
      }),
    );
    const target = (labels: object) => ({ targets: ["127.0.0.1:19100"], labels });
    expect(config).toEqual({
      global: { scrape_interval: "15s", evaluation_interval: "15s" },
      rule_files: ["/rules/a.rules.yml"],
      alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:19093"] }] }] },
      scrape_configs: [
        {
          job_name: "node",
          honor_labels: true,
          static_configs: [
            target({ node: "ai1", instance: "ai1:9100", __metrics_path__: "/scrape/node/ai1" }),
            target({ node: "ai2", instance: "ai2:9100", __metrics_path__: "/scrape/node/ai2" }),
          ],
        },
        {
          job_name: "kube",
          honor_labels: true,
          static_configs: [target({ instance: "kube:8080", __metrics_path__: "/scrape/kube" })],
        },
      ],
    });
  });
});

describe("the demo's settings", () => {
  it.each([
    [{}, { port: null, historyDays: 30, pastFault: null, lokiUrl: null }],
    [
      { PORT: "", DEMO_DAYS: "" },
      { port: null, historyDays: 30, pastFault: null, lokiUrl: null },
    ],
    [
      { PORT: "4000", DEMO_DAYS: "7" },
      { port: 4000, historyDays: 7, pastFault: null, lokiUrl: null },
    ],
    [
      { DEMO_BREAK: "errors checkout 84 60" },
      { port: null, historyDays: 30, pastFault: "errors checkout 84 60", lokiUrl: null },
    ],
    [
      { LOKI_URL: "http://loki:3100/" },
      { port: null, historyDays: 30, pastFault: null, lokiUrl: "http://loki:3100" },
    ],
  ])("%j", (env, settings) => {
    expect(parseDemoSettings(env)).toEqual(settings);
  });

  it.each([
    [{ PORT: "http" }, /^PORT: /],
    [{ PORT: "0" }, /^PORT: /],
    [{ DEMO_DAYS: "1.5" }, /^DEMO_DAYS: /],
    [{ DEMO_DAYS: "0" }, /^DEMO_DAYS: /],
    [{ DEMO_BREAK: "errors checkout" }, /^DEMO_BREAK: is written like/],
    [{ DEMO_BREAK: "errors ai1 20" }, /^DEMO_BREAK: target: .*checkout/],
    [{ LOKI_URL: "loki:3100" }, /^LOKI_URL: /],
  ])("refuses %j by name", (env, message) => {
    expect(() => parseDemoSettings(env)).toThrow(message);
  });
});

describe("a line of a part's output", () => {
  it.each([
    ['{"event":"ready","samples":24713832}', { event: "ready" }],
    ['{"event":"listening","port":19100}', { event: "listening", port: 19100 }],
    ['{"event":"history","doneRatio":0.25}', { event: "history", doneRatio: 0.25 }],
    ['{"event":"history","doneRatio":"much"}', null],
    ['{"event":"other"}', null],
    ['{"event":"ready"', null],
    ['{"level":"info","event":"ready"}', null],
    ["ready", null],
  ])("%s", (line, event) => {
    expect(parseEvent(line)).toEqual(event);
  });
});
