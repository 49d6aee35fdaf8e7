import { describe, expect, it } from "vitest";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { differences } from "./differences.ts";

const BEFORE = soundDefinition();

describe("differences", () => {
  it("are none between equals", () => {
    expect(differences(BEFORE, structuredClone(BEFORE))).toEqual([]);
  });

  it("name each field with both values", () => {
    const after = soundDefinition({
      owner: null,
      objectives: [
        { target: 0.9995, window: { kind: "rolling", days: 30 } },
        { target: 0.99, window: { kind: "rolling", days: 7 } },
      ],
      groupBy: ["route"],
    });
    expect(differences(BEFORE, after)).toEqual([
      { path: "owner", before: "pay", after: null },
      { path: "objectives.0.target", before: 0.999, after: 0.9995 },
      {
        path: "objectives.1",
        before: undefined,
        after: { target: 0.99, window: { kind: "rolling", days: 7 } },
      },
      { path: "groupBy.0", before: undefined, after: "route" },
    ]);
  });

  it("name what another kind of the same part has and has not", () => {
    const after = soundDefinition({
      objectives: [{ target: 0.999, window: { kind: "calendar", unit: "month", zone: "UTC" } }],
    });
    expect(differences(BEFORE, after)).toEqual([
      { path: "objectives.0.window.kind", before: "rolling", after: "calendar" },
      { path: "objectives.0.window.days", before: 30, after: undefined },
      { path: "objectives.0.window.unit", before: undefined, after: "month" },
      { path: "objectives.0.window.zone", before: undefined, after: "UTC" },
    ]);
  });
});
