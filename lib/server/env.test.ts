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
      forges: null,
      rulesDir: null,
      sloDir: null,
      smtpUrl: null,
      traceUrl: null,
      logLevel: "info",
      access: {
        secret: null,
        previousSecrets: [],
        admin: null,
        anonymousViewer: false,
        listen: "127.0.0.1",
        outboundAllow: expect.objectContaining({ rules: [] }),
        trustedProxies: expect.objectContaining({ rules: [] }),
        oidc: null,
      },
    });
  });

  it("reads networks, roles by group and the secrets of before", () => {
    const { access } = parseSettings({
      TRUSTED_PROXY: "10.0.0.0/8, 2001:db8::1",
      BURNLINE_SECRET_PREVIOUS: `${"a".repeat(32)},${"b".repeat(40)}`,
      OIDC_ISSUER: "https://id.example.org/",
      OIDC_CLIENT_ID: "burnline",
      OIDC_CLIENT_SECRET: "s",
      OIDC_ROLES: "cn=ops,ou=groups=sre; leads=release_manager",
    });
    expect(access.trustedProxies.check("10.9.9.9")).toBe(true);
    expect(access.trustedProxies.check("11.0.0.1")).toBe(false);
    expect(access.trustedProxies.check("2001:db8::1", "ipv6")).toBe(true);
    expect(access.previousSecrets).toHaveLength(2);
    expect(access.oidc).toMatchObject({
      issuer: "https://id.example.org",
      groupsClaim: "groups",
      roles: [
        { group: "cn=ops,ou=groups", role: "sre" },
        { group: "leads", role: "release_manager" },
      ],
    });
  });

  it.each([
    [{ TRUSTED_PROXY: "10.0.0.0/33" }, "TRUSTED_PROXY"],
    [{ BURNLINE_SECRET: "short" }, "BURNLINE_SECRET"],
    [{ DATABASE_URL: "postgresql://db/burnline" }, "BURNLINE_SECRET: needed with DATABASE_URL"],
    [{ BURNLINE_ADMIN_EMAIL: "a@example.org" }, "BURNLINE_ADMIN_PASSWORD"],
    [{ BURNLINE_ADMIN_EMAIL: "a@example.org", BURNLINE_ADMIN_PASSWORD: "short" }, "BURNLINE_ADMIN_PASSWORD"],
    [{ OIDC_ISSUER: "https://id.example.org" }, "OIDC_CLIENT_ID"],
    [{ OIDC_ROLES: "ops=king" }, "OIDC_ROLES"],
  ])("refuses %j naming %s", (environment, name) => {
    expect(() => parseSettings(environment as Record<string, string>)).toThrow(name);
  });

  it("keeps the place of a trace's id in the address of traces", () => {
    const template = "https://tempo.example/explore?id={traceId}#{traceId}";
    expect(parseSettings({ BURNLINE_TRACE_URL: template }).traceUrl).toBe(template);
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
    [{ BURNLINE_TRACE_URL: "https://tempo.example/trace" }, "BURNLINE_TRACE_URL: must hold {traceId}"],
    [
      { BURNLINE_TRACE_URL: "javascript:alert('{traceId}')" },
      "BURNLINE_TRACE_URL: must be an http(s) address",
    ],
    [{ BURNLINE_TRACE_URL: "tempo/{traceId}" }, "BURNLINE_TRACE_URL: must be an http(s) address"],
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
