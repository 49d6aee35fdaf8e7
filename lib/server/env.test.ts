import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseSettings } from "./env.ts";

const folder = mkdtempSync(path.join(tmpdir(), "burnline-env-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const file = (text: string) => {
  const name = path.join(folder, String((files += 1)));
  writeFileSync(name, text);
  return name;
};

describe("parseSettings", () => {
  it("has working defaults", () => {
    expect(parseSettings({})).toEqual({
      port: 3000,
      home: path.resolve(".burnline"),
      publicUrl: null,
      databaseUrl: null,
      sources: [],
      logLevel: "info",
    });
  });

  it("reads the short form of a source with its credentials", () => {
    const { sources } = parseSettings({
      LOKI_URL: "http://loki:3100/base/?x=1",
      LOKI_TENANT: "team-a",
      LOKI_BASIC_AUTH_FILE: file("reader:secret\n"),
    });
    expect(sources).toEqual([
      {
        name: "default",
        kind: "loki",
        url: "http://loki:3100/base",
        tenant: "team-a",
        basicAuth: "reader:secret",
      },
    ]);
  });

  it("reads several named sources from YAML beside the short form", () => {
    const yaml = "sources:\n  - { name: edge, kind: prometheus, url: 'http://edge:9090' }\n";
    const { sources } = parseSettings({ PROMETHEUS_URL: "http://main:9090", BURNLINE_SOURCES: file(yaml) });
    expect(sources.map((s) => `${s.kind}/${s.name} ${s.url}`)).toEqual([
      "prometheus/default http://main:9090",
      "prometheus/edge http://edge:9090",
    ]);
  });

  it.each([
    [{ PORT: "70000" }, "PORT"],
    [{ PORT: "http" }, "PORT"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL"],
    [{ PROMETHEUS_URL: "prometheus:9090" }, "PROMETHEUS_URL"],
    [{ PROMETHEUS_URL: "file:///etc/passwd" }, "PROMETHEUS_URL"],
    [{ PROMETHEUS_URL: "http://x", PROMETHEUS_BASIC_AUTH: "nopassword" }, "PROMETHEUS.basicAuth"],
    [{ DATABASE_URL: "mysql://x/y" }, "DATABASE_URL"],
    [{ DATABASE_URL: "postgresql://x/y", DATABASE_URL_FILE: "/x" }, "DATABASE_URL_FILE"],
    [{ DATABASE_URL_FILE: "/does/not/exist" }, "DATABASE_URL_FILE"],
    [{ BURNLINE_SECERT: "x" }, "BURNLINE_SECERT"],
    [{ BURNLINE_SOURCES: "/does/not/exist" }, "BURNLINE_SOURCES"],
    [{ BURNLINE_SOURCES: file("sources: [{") }, "BURNLINE_SOURCES"],
    [
      { BURNLINE_SOURCES: file("sources: [{ name: a, kind: graphite, url: 'http://x' }]") },
      "BURNLINE_SOURCES.sources.0.kind",
    ],
    [
      { BURNLINE_SOURCES: file("sources: [{ name: a, kind: loki, url: 'http://x', pasword: y }]") },
      "pasword",
    ],
    [
      {
        PROMETHEUS_URL: "http://x",
        BURNLINE_SOURCES: file("sources: [{ name: default, kind: prometheus, url: 'http://y' }]"),
      },
      "PROMETHEUS_URL",
    ],
  ])("refuses %j and names it", (env, name) => {
    expect(() => parseSettings(env)).toThrow(name);
  });

  it("lets through what Kubernetes injects for a service called burnline", () => {
    expect(() =>
      parseSettings({
        BURNLINE_PORT: "tcp://10.0.0.1:80",
        BURNLINE_SERVICE_HOST: "10.0.0.1",
        BURNLINE_PORT_80_TCP: "x",
      }),
    ).not.toThrow();
  });
});
