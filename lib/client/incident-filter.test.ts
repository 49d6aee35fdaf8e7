import { describe, expect, it } from "vitest";
import { incidentQueryText, readIncidentFilter } from "./incident-filter.ts";

describe("the filter in the address", () => {
  it.each([
    [{}, {}, ""],
    [{ open: "true", severity: "P1" }, { open: true, severity: "P1" }, "open=true&severity=P1"],
    [{ open: "false", q: "a b&c" }, { q: "a b&c", open: false }, "q=a+b%26c&open=false"],
    [{ open: "maybe", severity: "P9", service: ["a", "b"], node: "" }, {}, ""],
    [{ service: "web", node: "ai1" }, { service: "web", node: "ai1" }, "service=web&node=ai1"],
  ])("%j", (params, filter, text) => {
    expect(readIncidentFilter(params)).toEqual(filter);
    expect(incidentQueryText(readIncidentFilter(params), null)).toBe(text);
  });

  it("goes on behind a cursor", () => {
    expect(incidentQueryText({ open: false }, "INC-1")).toBe("open=false&cursor=INC-1");
  });
});
