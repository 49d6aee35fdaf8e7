import { languageOf, type PANEL_WIDTHS, type PanelKind } from "./board.ts";
import { labelOf } from "./fill-query.ts";
import type { QueryLanguage } from "./matcher-literals.ts";
import { type Variable, type VariableValues, variablesOf } from "./variables.ts";

/** The last version of the classic model (Grafana 12); later ones read it still. */
const SCHEMA_VERSION = 41;
const COLUMNS = 24;
const PANEL_HEIGHT = 8;
const LABEL_NAME = /^[a-zA-Z_]\w*$/;

/** A board, as far as Grafana can show it; `unit` is one of ours. */
export interface ExportedBoard {
  name: string;
  description: string | null;
  variables: VariableValues;
  panels: readonly {
    kind: PanelKind;
    title: string;
    query: string;
    unit: string;
    width: (typeof PANEL_WIDTHS)[number];
  }[];
}
type ExportedPanel = ExportedBoard["panels"][number];

const SOURCES = {
  promql: { type: "prometheus", input: "DS_PROMETHEUS", name: "Prometheus" },
  logql: { type: "loki", input: "DS_LOKI", name: "Loki" },
} as const;

/** The ids of Grafana's units for ours (grafana-data, valueFormats/categories). */
const UNIT: Readonly<Record<string, string>> = {
  seconds: "s",
  perSecond: "cps",
  ratio: "percentunit",
  bytes: "bytes",
  bytesPerSecond: "binBps",
  celsius: "celsius",
  days: "d",
};

const datasourceOf = (language: QueryLanguage) => ({
  type: SOURCES[language].type,
  uid: `\${${SOURCES[language].input}}`,
});

/** Panels from left to right, two halves beside each other. */
function gridOf(panels: readonly ExportedPanel[]): { x: number; y: number; w: number; h: number }[] {
  let x = 0;
  let y = 0;
  return panels.map(({ width }) => {
    const w = width === "full" ? COLUMNS : COLUMNS / 2;
    if (x + w > COLUMNS) [x, y] = [0, y + PANEL_HEIGHT];
    const place = { x, y, w, h: PANEL_HEIGHT };
    x += w;
    return place;
  });
}

function targetOf({ kind, query }: ExportedPanel) {
  const language = languageOf(kind);
  const common = { datasource: datasourceOf(language), refId: "A", editorMode: "code" };
  if (language === "promql") return { ...common, expr: query, range: true };
  // A comment may end the query.
  const counted = `sum by (detected_level, level) (count_over_time(${query}\n[$__auto]))`;
  return { ...common, expr: kind === "logs" ? query : counted, queryType: "range" };
}

const LOOK = {
  series: { type: "timeseries", custom: { drawStyle: "line" } },
  logs: { type: "logs", custom: {} },
  "log-volume": {
    type: "timeseries",
    custom: { drawStyle: "bars", fillOpacity: 100, stacking: { mode: "normal", group: "A" } },
  },
} as const;

function panelOf(panel: ExportedPanel, index: number, gridPos: object) {
  const { type, custom } = LOOK[panel.kind];
  return {
    id: index + 1,
    type,
    title: panel.title,
    datasource: datasourceOf(languageOf(panel.kind)),
    gridPos,
    fieldConfig: { defaults: { unit: UNIT[panel.unit] ?? "short", custom }, overrides: [] },
    options: type === "logs" ? { showTime: true, enableLogDetails: true, sortOrder: "Descending" } : {},
    targets: [targetOf(panel)],
  };
}

/** The source and the label whose values a variable takes: those it is first compared with. */
function comparedWith(panels: readonly ExportedPanel[], variable: Variable) {
  for (const { kind, query } of panels) {
    const language = languageOf(kind);
    const label = labelOf(query, language, variable);
    if (label !== null && LABEL_NAME.test(label)) return { language, label };
  }
  return { language: "promql" as const, label: variable };
}

function variableOf({ panels, variables }: ExportedBoard, variable: Variable) {
  const { language, label } = comparedWith(panels, variable);
  const value = variables[variable];
  const definition = `label_values(${label})`;
  return {
    type: "query",
    name: variable,
    label: variable === "service" ? "Service" : "Node",
    datasource: datasourceOf(language),
    definition,
    query:
      language === "promql"
        ? { query: definition, refId: "StandardVariableQuery" }
        : { label, stream: "", type: 1, refId: "LokiVariableQueryEditor-VariableQuery" },
    current: value === null ? {} : { text: value, value },
    hide: 0,
    includeAll: false,
    multi: false,
    options: [],
    refresh: 1,
    regex: "",
    sort: 1,
  };
}

export type GrafanaDashboard = ReturnType<typeof grafanaDashboard>;

/**
 * A board as a dashboard that Grafana imports: the classic model with its sources as inputs
 * (grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model).
 */
export function grafanaDashboard(board: ExportedBoard) {
  const { name, description, panels } = board;
  const grid = gridOf(panels);
  const variables = variablesOf(panels.map(({ query }) => query)).map((one) => variableOf(board, one));
  const languages = (["promql", "logql"] as const).filter((language) =>
    panels.some(({ kind }) => languageOf(kind) === language),
  );
  return {
    __inputs: languages.map((language) => ({
      name: SOURCES[language].input,
      label: SOURCES[language].name,
      description: "",
      type: "datasource",
      pluginId: SOURCES[language].type,
      pluginName: SOURCES[language].name,
    })),
    __requires: [
      { type: "grafana", id: "grafana", name: "Grafana", version: "10.0.0" },
      ...languages.map((language) => ({
        type: "datasource",
        id: SOURCES[language].type,
        name: SOURCES[language].name,
        version: "1.0.0",
      })),
    ],
    id: null,
    title: name,
    description: description ?? "",
    tags: ["burnline"],
    editable: true,
    graphTooltip: 1,
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    timezone: "browser",
    time: { from: "now-24h", to: "now" },
    timepicker: {},
    refresh: "30s",
    annotations: { list: [] },
    links: [],
    templating: { list: variables },
    panels: panels.map((panel, index) => panelOf(panel, index, grid[index] ?? {})),
  };
}
