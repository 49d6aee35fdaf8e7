/** Grafana's classic dashboard model, as far as ours use it; every Grafana since 11 imports it. */
export interface Dashboard {
  uid: string;
  title: string;
  description: string;
  tags: string[];
  schemaVersion: number;
  editable: boolean;
  refresh: string;
  time: { from: string; to: string };
  templating: { list: unknown[] };
  links: unknown[];
  panels: Panel[];
}

export interface Target {
  refId: string;
  expr: string;
  legendFormat: string;
  datasource: typeof DATASOURCE;
  /** One value now, as a row of a table. */
  instant?: true;
  format?: "table";
}

export interface Step {
  color: string;
  /** Null: from the bottom on. */
  value: number | null;
}

export interface Panel {
  id: number;
  type: "gauge" | "timeseries" | "stat" | "table" | "bargauge";
  title: string;
  description: string;
  datasource: typeof DATASOURCE;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: Target[];
  fieldConfig: { defaults: Record<string, unknown>; overrides: unknown[] };
  options: Record<string, unknown>;
  transformations?: unknown[];
}

/** The Prometheus that is chosen at the top of the dashboard. */
const DATASOURCE = { type: "prometheus", uid: "${datasource}" } as const;
/** Grafana 12; older and newer ones migrate it. */
const SCHEMA_VERSION = 41;
const COLUMNS = 24;

/** What a panel shows, before it has a place. */
export interface Draft extends Pick<Panel, "type" | "title" | "description"> {
  width: number;
  height: number;
  queries: { expr: string; legend: string }[];
  unit: "percentunit" | "short" | "reqps" | "s";
  min?: number;
  max?: number;
  /** Marks on the scale; in time series they are lines. */
  steps?: Step[];
  transformations?: unknown[];
}

function fieldConfig({ type, unit, min, max, steps }: Draft): Panel["fieldConfig"] {
  const lines = type === "timeseries" && steps ? { custom: { thresholdsStyle: { mode: "line" } } } : {};
  const thresholds = steps ? { thresholds: { mode: "absolute", steps } } : {};
  const bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  // A gap stays a gap: joining its ends would show what nobody measured.
  const gaps = { spanNulls: false };
  const custom = type === "timeseries" ? { custom: { ...lines.custom, ...gaps } } : {};
  return { defaults: { unit, ...bounds, ...thresholds, ...custom, noValue: "no data" }, overrides: [] };
}

function toPanel(draft: Draft, id: number, x: number, y: number): Panel {
  const { type, title, description, width, height, queries, transformations } = draft;
  const now = type === "timeseries" ? {} : { instant: true as const };
  const row = type === "table" ? { format: "table" as const } : {};
  const targets = queries.map(({ expr, legend }, at) => ({
    refId: String.fromCharCode(65 + at),
    expr,
    legendFormat: legend,
    datasource: DATASOURCE,
    ...now,
    ...row,
  }));
  return {
    id,
    type,
    title,
    description,
    datasource: DATASOURCE,
    gridPos: { x, y, w: width, h: height },
    targets,
    fieldConfig: fieldConfig(draft),
    options: type === "timeseries" ? { legend: { displayMode: "table", placement: "bottom" } } : {},
    ...(transformations ? { transformations } : {}),
  };
}

/** Puts panels side by side from the left, in a new row where one does not fit. */
function place(drafts: readonly Draft[]): Panel[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return drafts.map((draft, at) => {
    if (x + draft.width > COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const panel = toPanel(draft, at + 1, x, y);
    x += draft.width;
    rowHeight = Math.max(rowHeight, draft.height);
    return panel;
  });
}

/** A dashboard of panels, with the data source as a variable. */
export function dashboard(
  head: Pick<Dashboard, "uid" | "title" | "description" | "links">,
  drafts: readonly Draft[],
): Dashboard {
  return {
    ...head,
    tags: ["burnline", "slo"],
    schemaVersion: SCHEMA_VERSION,
    editable: true,
    refresh: "1m",
    time: { from: "now-24h", to: "now" },
    templating: { list: [{ name: "datasource", label: "Source", type: "datasource", query: "prometheus" }] },
    panels: place(drafts),
  };
}
