import { describe, expect, it } from "vitest";
import { entityNameOf, entityPath } from "./entity-path.ts";
import { webAddress } from "./web-address.ts";

describe("entityPath", () => {
  it("keeps any name in one segment, and reads it back", () => {
    const name = 'a"}or vector(1)#/../?x=1 äöü%';
    const path = entityPath("services", name);
    expect(path.split("/")).toHaveLength(3);
    expect(path).not.toMatch(/[#?"]/);
    expect(entityNameOf(path.slice("/services/".length))).toBe(name);
  });

  it("carries a range that is not the default", () => {
    expect(entityPath("nodes", "ai1", { lastSeconds: 86_400 })).toBe("/nodes/ai1");
    expect(entityPath("nodes", "ai1", { lastSeconds: 3_600 })).toBe("/nodes/ai1?range=1h");
  });

  it("leaves a broken escape as it was typed", () => {
    expect(entityNameOf("100%")).toBe("100%");
  });
});

describe("webAddress", () => {
  it.each([
    ["https://git.example/checkout", "https://git.example/checkout"],
    ["http://wiki/runbook#errors", "http://wiki/runbook#errors"],
    ["javascript:alert(1)", null],
    ["data:text/html,x", null],
    ["//no.scheme", null],
    ["", null],
    [null, null],
  ])("%j becomes %j", (text, href) => {
    expect(webAddress(text)).toBe(href);
  });
});
