import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, it } from "vitest";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { TEMPLATE_KINDS, templateDefinitions } from "../../definition/templates.ts";
import { soundDefinition } from "../../testing.ts";
import { generateRules } from "../generate.ts";
import type { RuleSource } from "../rule.ts";
import type { Dashboard } from "./dashboard.ts";
import { sloDashboard } from "./slo-dashboard.ts";
import { summaryDashboard } from "./summary-dashboard.ts";

const subject = { owner: null, tier: null, runbookUrl: null, names: METRIC_PRESETS.prometheus };
const journey = soundDefinition({
  name: "buy",
  service: null,
  sli: {
    kind: "composite",
    combine: "serial",
    steps: [{ name: "pay", slo: "0", onCriticalPath: true }],
    businessImpact: "high",
  },
});
const SOURCES: RuleSource[] = [
  ...TEMPLATE_KINDS.flatMap((kind) => templateDefinitions(kind, { ...subject, service: `${kind} "x` })),
  soundDefinition({ groupBy: ["route"] }),
  journey,
].map((definition, at) => ({ id: String(at), definition }));

const DASHBOARDS = [
  summaryDashboard(),
  ...SOURCES.map((source) => sloDashboard(source, SOURCES, "https://b.example")),
];
const expressions = ({ panels }: Dashboard) =>
  panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

/** The metrics of a query; a syntax error throws. */
function metricsOf(expr: string): string[] {
  const found: string[] = [];
  parser
    .configure({ strict: true })
    .parse(expr)
    .iterate({
      enter: ({ name, from, to }) => void (name === "Identifier" && found.push(expr.slice(from, to))),
    });
  return found;
}

const RULES = generateRules(SOURCES, { nowMs: 0, consoleUrl: null }).flatMap(({ groups }) =>
  groups.flatMap(({ rules }) => rules),
);
const RECORDED = new Set(RULES.filter(({ kind }) => kind === "record").map(({ name }) => name));
const MEASURED = new Set(RULES.flatMap(({ expr }) => metricsOf(expr)));

describe("dashboards", () => {
  it.each(DASHBOARDS.map((one) => [one.title, one] as const))(
    "%s asks what is recorded or measured, in PromQL",
    (_, one) => {
      expect(expressions(one)).not.toEqual([]);
      const metrics = new Set(expressions(one).flatMap(metricsOf));
      expect([...metrics].filter((name) => !RECORDED.has(name) && !MEASURED.has(name))).toEqual([]);
    },
  );

  it("have addresses of their own and panels that do not overlap", () => {
    expect(new Set(DASHBOARDS.map(({ uid }) => uid)).size).toBe(DASHBOARDS.length);
    for (const { panels, uid } of DASHBOARDS) {
      expect(uid).toMatch(/^[\w-]{1,40}$/);
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, at) => `${x + (at % w)}/${y + Math.floor(at / w)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24);
    }
  });

  it("take their source from the variable", () => {
    const sources = DASHBOARDS.flatMap(({ panels }) => panels.flatMap((panel) => [panel, ...panel.targets]));
    expect(new Set(sources.map(({ datasource }) => datasource.uid))).toEqual(new Set(["${datasource}"]));
    for (const { templating } of DASHBOARDS)
      expect(templating.list).toEqual([expect.objectContaining({ name: "datasource", type: "datasource" })]);
  });

  it("draw the factors of the tiers into the burn rates, and the budget at risk", () => {
    const source = { id: "s", definition: soundDefinition() };
    const { panels } = sloDashboard(source, [source], null);
    const thresholds = (title: string) =>
      panels.find((panel) => panel.title === title)?.fieldConfig.defaults.thresholds;
    expect(thresholds("Burn rate (99.9% 30d)")).toEqual({
      mode: "absolute",
      steps: [
        { color: "green", value: null },
        { color: "orange", value: 1 },
        { color: "orange", value: 3 },
        { color: "red", value: 6 },
        { color: "red", value: 14.4 },
      ],
    });
    expect(panels.map(({ type, title }) => `${type}: ${title}`)).toEqual([
      "gauge: Budget remaining",
      "timeseries: Error budget",
      "timeseries: Burn rate (99.9% 30d)",
      "timeseries: Good ratio",
      "timeseries: Events every minute",
      "timeseries: Traffic",
      "timeseries: Errors",
    ]);
  });

  it("show latency of the service where another of its SLOs measures it", () => {
    const [availability] = SOURCES;
    const { panels } = sloDashboard(availability!, SOURCES, null);
    expect(panels.map(({ title }) => title)).toContain("Latency");
  });
});
