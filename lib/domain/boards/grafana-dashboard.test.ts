import { expect, it } from "vitest";
import { type ExportedBoard, grafanaDashboard } from "./grafana-dashboard.ts";

const panel = (more: Partial<ExportedBoard["panels"][number]>): ExportedBoard["panels"][number] => ({
  kind: "series",
  title: "Requests",
  query: 'sum(rate(http_requests_total{app="$service"}[5m]))',
  unit: "perSecond",
  width: "half",
  ...more,
});
const BOARD: ExportedBoard = {
  name: "Checkout",
  description: null,
  variables: { service: "checkout", node: null },
  panels: [
    panel({}),
    panel({ title: "Wide", width: "full", unit: "seconds", query: "up" }),
    panel({ kind: "logs", title: "Lines", query: '{service="$service"} | host=~"$node"', unit: "count" }),
    panel({ kind: "log-volume", title: "Volume", query: '{service="$service"} # all', unit: "count" }),
    panel({ query: "cores" }),
  ],
};
const PROMETHEUS = { type: "prometheus", uid: "${DS_PROMETHEUS}" };
const LOKI = { type: "loki", uid: "${DS_LOKI}" };

it("is what Grafana's import reads: its sources are asked for, and named wherever they are used", () => {
  const dashboard = grafanaDashboard(BOARD);
  expect(dashboard).toMatchObject({
    title: "Checkout",
    description: "",
    schemaVersion: 41,
    id: null,
    time: { from: "now-24h", to: "now" },
  });
  expect(dashboard.__inputs.map(({ name, type, pluginId }) => [name, type, pluginId])).toEqual([
    ["DS_PROMETHEUS", "datasource", "prometheus"],
    ["DS_LOKI", "datasource", "loki"],
  ]);
  const uids = JSON.stringify(dashboard).match(/\$\{DS_\w+\}/g);
  const asked = dashboard.__inputs.map(({ name }) => `\${${name}}`);
  expect([...new Set(uids)].sort()).toEqual(asked.sort());
  expect(JSON.parse(JSON.stringify(dashboard))).toEqual(dashboard);
});

it("places panels on 24 columns, none upon another", () => {
  const { panels } = grafanaDashboard(BOARD);
  expect(panels.map(({ id, gridPos }) => [id, gridPos])).toEqual([
    [1, { x: 0, y: 0, w: 12, h: 8 }],
    [2, { x: 0, y: 8, w: 24, h: 8 }],
    [3, { x: 0, y: 16, w: 12, h: 8 }],
    [4, { x: 12, y: 16, w: 12, h: 8 }],
    [5, { x: 0, y: 24, w: 12, h: 8 }],
  ]);
});

it("asks what the board asks, in Grafana's kinds and units", () => {
  const told = grafanaDashboard(BOARD).panels.map(({ type, datasource, fieldConfig, targets }) => {
    const [{ refId, expr, datasource: of }] = targets as [(typeof targets)[number]];
    return [type, datasource, fieldConfig.defaults.unit, refId, of, expr];
  });
  expect(told).toEqual([
    ["timeseries", PROMETHEUS, "cps", "A", PROMETHEUS, BOARD.panels[0]?.query],
    ["timeseries", PROMETHEUS, "s", "A", PROMETHEUS, "up"],
    ["logs", LOKI, "short", "A", LOKI, BOARD.panels[2]?.query],
    [
      "timeseries",
      LOKI,
      "short",
      "A",
      LOKI,
      'sum by (detected_level, level) (count_over_time({service="$service"} # all\n[$__auto]))',
    ],
    ["timeseries", PROMETHEUS, "cps", "A", PROMETHEUS, "cores"],
  ]);
});

it("has the variables that its panels name, over the values of the label they are compared with", () => {
  const { list } = grafanaDashboard(BOARD).templating;
  expect(list).toMatchObject([
    {
      name: "service",
      type: "query",
      datasource: PROMETHEUS,
      query: { query: "label_values(app)" },
      current: { text: "checkout", value: "checkout" },
    },
    { name: "node", type: "query", datasource: LOKI, query: { label: "host", type: 1 }, current: {} },
  ]);
});

it("asks for no source that it does not use", () => {
  const lines = grafanaDashboard({ ...BOARD, panels: BOARD.panels.slice(2, 3) });
  expect(lines.__inputs.map(({ pluginId }) => pluginId)).toEqual(["loki"]);
  expect(lines.templating.list.every(({ datasource }) => datasource.type === "loki")).toBe(true);
  expect(grafanaDashboard({ ...BOARD, panels: [] })).toMatchObject({ __inputs: [], panels: [] });
});
