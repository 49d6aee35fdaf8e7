import { describe, expect, it } from "vitest";
import { auditFilter, type AuditParams } from "./audit-filter.ts";

describe("auditFilter", () => {
  it.each<[AuditParams, object]>([
    [{}, {}],
    [{ actor: " ada ", action: "", resource: null }, { actor: "ada" }],
    [
      { from: "2026-11-20", to: "2026-11-20" },
      { from: "2026-11-20T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z" },
    ],
    [{ to: "2026-02-28" }, { to: "2026-03-01T00:00:00.000Z" }],
    [{ from: "yesterday", to: "2026-13-01" }, {}],
    [{ from: "0000-01-01", to: "9999-12-31" }, {}],
    [{ actor: "x".repeat(300) }, { actor: "x".repeat(200) }],
  ])("reads %j", (params, filter) => expect(auditFilter(params)).toEqual(filter));
});
