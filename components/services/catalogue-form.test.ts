import { describe, expect, it } from "vitest";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { changedFields, changesBetween, fieldErrors, toForm, toPatch } from "./catalogue-form.ts";

const ENTRY: CatalogueService = {
  name: "checkout",
  tier: "critical",
  kind: "api",
  team: "payments",
  environment: null,
  owner: null,
  repository: "https://git.example/checkout",
  namespace: "prod",
  nodes: ["ai1", "ai2"],
  dependencies: ["auth"],
  metricPreset: "prometheus",
  metricOverrides: {},
  thresholds: { latencyP99Seconds: 0.25, errorWarningRatio: 0.07 },
  firstSeenAt: "2026-11-01T00:00:00.000Z",
  lastSeenAt: "2026-11-20T00:00:00.000Z",
  version: 3,
};
const FORM = toForm(ENTRY);

describe("toForm", () => {
  it("writes thresholds in the units people use and leaves what is not set empty", () => {
    expect(FORM).toMatchObject({
      tier: "critical",
      environment: "",
      nodes: "ai1, ai2",
      latencyP99Ms: "250",
      errorWarningPercent: "7",
      errorCriticalPercent: "",
    });
  });
});

describe("changedFields", () => {
  it("compares with the entry and overlooks spaces around", () => {
    expect(changedFields(FORM, ENTRY)).toEqual([]);
    expect(changedFields({ ...FORM, team: " payments ", owner: "ada", latencyP99Ms: "" }, ENTRY)).toEqual([
      "owner",
      "latencyP99Ms",
    ]);
    expect(changedFields({ tier: "standard" }, ENTRY)).toEqual(["tier"]);
  });
});

describe("toPatch", () => {
  it("carries only what was changed", () => {
    const form = { ...FORM, owner: " ada ", team: "", nodes: "nas1, ai1,," };
    expect(toPatch(form, ["owner", "team", "nodes"], 3)).toEqual({
      patch: { version: 3, owner: "ada", team: null, nodes: ["nas1", "ai1"] },
      errors: null,
    });
    expect(toPatch(FORM, [], 3).patch).toEqual({ version: 3 });
  });

  it("sends all thresholds once one changed, in seconds and ratios", () => {
    const form = { ...FORM, errorCriticalPercent: "12.5" };
    expect(toPatch(form, ["errorCriticalPercent"], 4).patch).toEqual({
      version: 4,
      thresholds: { latencyP99Seconds: 0.25, errorWarningRatio: 0.07, errorCriticalRatio: 0.125 },
    });
  });

  it.each([
    ["repository", "javascript:alert(1)", "must be an http or https address"],
    ["repository", "not a url", "must be an http or https address"],
    ["latencyP99Ms", "fast", "must be a number of milliseconds, up to an hour"],
    ["latencyP99Ms", "0", "must be a number of milliseconds, up to an hour"],
    ["errorWarningPercent", "100", "must be a percentage between 0 and 100"],
    ["trafficBaselinePerSecond", "-3", "must be a number of requests per second above 0"],
  ] as const)("refuses %s = %j", (field, value, message) => {
    expect(toPatch({ ...FORM, [field]: value }, [field], 3)).toEqual({
      patch: null,
      errors: { [field]: message },
    });
  });

  it.each(["7", "6.9"])("refuses a critical limit of %s %% that is not above the warning's 7 %%", (limit) => {
    expect(toPatch({ ...FORM, errorCriticalPercent: limit }, ["errorCriticalPercent"], 3)).toEqual({
      patch: null,
      errors: { errorCriticalPercent: "must be greater than the warning percentage" },
    });
  });

  it("takes either limit alone", () => {
    const critical = { ...FORM, errorWarningPercent: "", errorCriticalPercent: "1" };
    expect(toPatch(critical, ["errorCriticalPercent"], 3).errors).toBeNull();
    expect(toPatch({ ...FORM, errorWarningPercent: "99" }, ["errorWarningPercent"], 3).errors).toBeNull();
  });

  it("names the list that holds a bad name", () => {
    const { errors } = toPatch({ ...FORM, nodes: `ai1, ${"x".repeat(254)}` }, ["nodes"], 3);
    expect(Object.keys(errors ?? {})).toEqual(["nodes"]);
  });
});

describe("fieldErrors", () => {
  it("finds the form's field for the server's dotted paths", () => {
    const errors = fieldErrors([
      { path: "dependencies", message: "a service cannot depend on itself" },
      { path: "thresholds.errorCriticalRatio", message: "Too big" },
    ]);
    expect(errors).toEqual({
      dependencies: "a service cannot depend on itself",
      errorCriticalPercent: "must be a percentage between 0 and 100",
    });
  });
});

describe("changesBetween", () => {
  it("names the fields that differ with both texts", () => {
    const after = { ...ENTRY, version: 4, owner: "grace", thresholds: { latencyP99Seconds: 0.3 } };
    expect(changesBetween(ENTRY, after)).toEqual([
      ["owner", "", "grace"],
      ["latencyP99Ms", "250", "300"],
      ["errorWarningPercent", "7", ""],
    ]);
  });
});
