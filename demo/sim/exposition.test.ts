import { describe, expect, it } from "vitest";
import { expositionText } from "./exposition.ts";
import { createWorld } from "./script.ts";
import { Exposition } from "./series.ts";
import { simulate } from "./simulation.ts";
import { scrapeTargets, TARGETS } from "./targets.ts";
import { noCheckpoints } from "./testing.ts";

const BIRTH_MS = Date.UTC(2026, 10, 18, 15, 7, 31);
const simulation = simulate(createWorld({ seed: 7, birthMs: BIRTH_MS, days: 0.1 }), noCheckpoints);
const values = simulation.timeline.valuesAt(BIRTH_MS);
const SAMPLE =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (-?[0-9.]+(?:e[+-]?\d+)?)$/;

describe("the exposition", () => {
  it.each(simulation.targets.map((target) => [target.target.path, target] as const))(
    "of %s is valid",
    (_path, target) => {
      const lines = expositionText(target, values).split("\n");
      expect(lines.at(-1)).toBe("");
      const samples = lines.filter((line) => line !== "" && !line.startsWith("#"));
      for (const line of samples) expect(line).toMatch(SAMPLE);
      expect(new Set(samples.map((line) => line.slice(0, line.lastIndexOf(" ")))).size).toBe(samples.length);
      const typed = lines.filter((line) => line.startsWith("# TYPE"));
      expect(new Set(typed).size).toBe(typed.length);
    },
  );

  it("escapes label values and leaves out series that do not exist", () => {
    const out = new Exposition();
    const gauge = out.gauge("g", "A gauge.");
    gauge({ path: 'a\\b"c\nd' }, () => 1);
    gauge({ path: "gone" }, () => NaN);
    const target = { target: TARGETS[0]!, families: out.families, series: out.families[0]!.series, first: 0 };
    expect(expositionText(target, Float64Array.of(2.5, NaN))).toBe(
      '# HELP g A gauge.\n# TYPE g gauge\ng{path="a\\\\b\\"c\\nd"} 2.5\n',
    );
  });

  it("stays within 1,500 series, with the five that Prometheus adds per target", () => {
    expect(simulation.series.length + 5 * simulation.targets.length).toBeLessThanOrEqual(1_500);
    expect(simulation.series.length).toBeGreaterThan(1_000);
  });

  it("has one address per target, and no label twice on one series", () => {
    const paths = scrapeTargets().map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const { target, series } of simulation.targets) {
      const added = ["job", "instance", ...Object.keys(target.labels)];
      for (const one of series)
        expect(Object.keys(one.labels).filter((name) => added.includes(name))).toEqual([]);
    }
  });

  it("has cumulative buckets that end in the count", () => {
    let histograms = 0;
    for (const { families, first } of simulation.targets) {
      let index = first;
      for (const { name, type, series } of families) {
        let last = 0;
        for (const one of series) {
          const value = values[index++]!;
          if (type !== "histogram" || one.name === `${name}_sum`) continue;
          expect(value).toBeGreaterThanOrEqual(last);
          if (one.name === `${name}_count`) {
            expect(value).toBe(last);
            histograms += 1;
            last = 0;
          } else {
            last = value;
          }
        }
      }
    }
    expect(histograms).toBe(26);
  });
});
