import { describe, expect, it } from "vitest";
import type { SourceEntry } from "#lib/contracts/access.ts";
import { configuration, lampOf, missingKinds } from "./source-words.ts";

const answer = { ok: true, latencyMs: 12, facts: [], error: null };
const source: SourceEntry = {
  kind: "loki",
  name: "default",
  url: "http://loki:3100",
  auth: "basic",
  tenant: null,
  ownCa: true,
};

describe("the lamp of a source", () => {
  it.each([
    [undefined, "no_data", "not asked yet"],
    [answer, "healthy", "answered in 12 ms"],
    [{ ...answer, latencyMs: 1000 }, "healthy", "answered in 1 s"],
    [{ ...answer, latencyMs: 1001 }, "warning", "slow, answered in 1 s"],
    [{ ...answer, ok: false, latencyMs: 5000, error: "x" }, "critical", "failed after 5 s"],
  ])("%o", (given, status, words) => expect(lampOf(given)).toEqual({ status, words }));
});

describe("the settings behind a source", () => {
  it("are its own short form, or the file's fields", () => {
    expect(configuration(source)).toEqual([
      { label: "Address", value: "http://loki:3100", setting: "LOKI_URL" },
      { label: "Credentials", value: "user and password", setting: "LOKI_BEARER_TOKEN or LOKI_BASIC_AUTH" },
      { label: "Tenant", value: "none", setting: "LOKI_TENANT" },
      { label: "Own CA", value: "yes", setting: "LOKI_CA_FILE" },
    ]);
    expect(configuration({ ...source, name: "logs" })[0]?.setting).toBe('url of "logs" in BURNLINE_SOURCES');
  });

  it("of a kind that no source is of", () => {
    expect(missingKinds([])).toHaveLength(3);
    expect(missingKinds([source]).map(({ setting }) => setting)).toEqual([
      "PROMETHEUS_URL",
      "ALERTMANAGER_URL",
    ]);
  });
});
