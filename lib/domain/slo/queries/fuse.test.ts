import { describe, expect, it } from "vitest";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import type { SloDefinition } from "../definition/definition.ts";
import { templateDefinitions } from "../definition/templates.ts";
import { soundDefinition } from "../testing.ts";
import { fuse, type KnownMeasure, placesOf, writeFused, writeFusedNow, writeMeasure } from "./fuse.ts";
import { measureOf } from "./measure.ts";

const subject = (service: string) => ({
  service,
  owner: null,
  tier: null,
  runbookUrl: null,
  names: METRIC_PRESETS.prometheus,
});
const known = (id: string, definition: SloDefinition): KnownMeasure => ({
  id,
  measure: measureOf(definition)!,
});
const api = (service: string) => templateDefinitions("api", subject(service));
const batch = (service: string) => templateDefinitions("batch", subject(service));
const names = Array.from({ length: 500 }, (_, at) => `service-${at}`);

describe("what is asked together", () => {
  it("is one question per shape, however many services share it", () => {
    const measures = names.flatMap((name) =>
      [...api(name), ...batch(name)].map((definition, at) => known(`${name}/${at}`, definition)),
    );
    const fused = fuse(measures);
    expect(fused.map(({ members }) => members.length)).toEqual([500, 500, 500, 500]);
    for (const one of fused) expect(writeFused(one, 300).length).toBeLessThan(8_000);
  });

  it("is kept apart where more than label values differ", () => {
    const plain = soundDefinition();
    const more: Partial<SloDefinition>[] = [
      { groupBy: ["route"] },
      { exclusions: { events: [{ label: "route", operator: "=", value: "/health" }], windows: [] } },
      { budgeting: { method: "ratioTimeslices", sliceMinutes: 1 } },
    ];
    const measures = [plain, ...more.map((change) => ({ ...plain, ...change }))].map((definition, at) =>
      known(String(at), definition),
    );
    expect(fuse(measures)).toHaveLength(4);
  });

  it("asks for one service what is shown to people for that service", () => {
    const [availability] = api("checkout");
    const [fused] = fuse([known("a", availability!)]);
    for (const { expr } of writeMeasure(measureOf(availability!)!)) {
      expect(writeFused(fused!, 300)).toContain(expr);
    }
  });

  it("says what now is only as far as events are counted by slot", () => {
    const [freshness] = batch("backup");
    const [bySlice] = fuse([known("a", freshness!)]);
    expect(writeFusedNow(bySlice!, 60)).toMatch(/^label_replace\(max by \(service\) \(timestamp\(/);
    const [byEvent] = fuse([known("a", api("checkout")[0]!)]);
    expect(writeFusedNow(byEvent!, 60)).toContain('"open_total"');
  });
});

describe("where a row belongs", () => {
  it("is found by its labels, for each part; a service nobody asked for belongs nowhere", () => {
    const measures = ["web", "cart"].map((name) => known(name, api(name)[0]!));
    const find = placesOf(fuse(measures)[0]!);
    expect(find({ service: "cart", burnline_part: "total" })).toEqual([
      { measureId: "cart", group: "{}", part: "total" },
    ]);
    expect(find({ service: "web", burnline_part: "newest" })).toEqual([
      { measureId: "web", group: "{}", part: "newest" },
    ]);
    expect(find({ service: "other", burnline_part: "total" })).toEqual([]);
  });

  it("is the same for a bound that is written in two ways", () => {
    const [, latency] = api("web");
    const whole = { ...latency!, sli: { ...latency!.sli, thresholdSeconds: 1 } as SloDefinition["sli"] };
    const find = placesOf(fuse([known("web", whole)])[0]!);
    for (const le of ["1", "1.0"]) {
      expect(find({ service: "web", le, burnline_part: "numerator" })).toHaveLength(1);
    }
    expect(find({ service: "web", le: "2", burnline_part: "numerator" })).toEqual([]);
  });

  it("is the group of its labels where the SLO is split", () => {
    const split = { ...api("web")[0]!, groupBy: ["route", "node"] };
    const find = placesOf(fuse([known("web", split)])[0]!);
    const [place] = find({ service: "web", route: "/pay", burnline_part: "total" });
    expect(place?.group).toBe('{"node":"","route":"/pay"}');
  });

  it("is every measure that the row answers, where two share a service", () => {
    const [availability] = api("web");
    const both = [known("a", availability!), known("b", availability!)];
    expect(placesOf(fuse(both)[0]!)({ service: "web", burnline_part: "total" })).toHaveLength(2);
  });
});
