import type { BoardDocument, BoardPanel } from "#lib/contracts/boards.ts";
import { languageOf } from "#lib/domain/boards/board.ts";
import { fillQuery } from "#lib/domain/boards/fill-query.ts";
import { type Variable, VARIABLES, type VariableValues } from "#lib/domain/boards/variables.ts";
import { pageSpec, type PageSpec } from "./page-spec.ts";

type Entry = Parameters<typeof pageSpec>[1][number];

/** A panel as the page shows it: with its query filled in, or with why it is not asked. */
export interface ShownPanel extends Omit<BoardPanel, "query"> {
  /** How the page tells it from its other panels. */
  id: string;
  query: string | null;
  problem: string | null;
}

const LINES = "200";
const WIDTH_PX = { half: 600, full: 1_200 };

function entryOf({ id, kind, unit, width }: ShownPanel, query: string): Entry {
  const widthPx = WIDTH_PX[width];
  if (kind === "logs") return { panel: "query.logs", id, params: { query, limit: LINES } };
  if (kind === "log-volume") return { panel: "query.log-volume", id, widthPx, params: { query } };
  return { panel: "query.series", id, widthPx, params: { query, unit } };
}

/** A panel with its query filled in. The grammars are large: pages do this on the server. */
export function shownPanel(panel: BoardPanel, id: string, values: VariableValues): ShownPanel {
  const filled = fillQuery(panel.query, languageOf(panel.kind), values);
  const query = "query" in filled ? filled.query : null;
  return { ...panel, id, query, problem: "problem" in filled ? filled.problem : null };
}

/** The page that asks what its panels ask. */
export function panelsSpec(page: string, panels: readonly ShownPanel[]): PageSpec {
  const entries = panels.flatMap((panel) => (panel.query === null ? [] : [entryOf(panel, panel.query)]));
  return pageSpec(page, entries);
}

/** A board's panels for what was chosen, else for what the board itself names, and the page that asks them. */
export function boardSpec(
  { id, variables, panels }: BoardDocument & { id: string },
  chosen: VariableValues,
): { spec: PageSpec; panels: ShownPanel[]; values: VariableValues } {
  const values = {
    service: chosen.service ?? variables.service,
    node: chosen.node ?? variables.node,
  };
  const shown = panels.map((panel, index) => shownPanel(panel, `panel-${index + 1}`, values));
  const of = new URLSearchParams(VARIABLES.map((variable) => [variable, values[variable] ?? ""]));
  return { spec: panelsSpec(`boards/${id}?${of.toString()}`, shown), panels: shown, values };
}

type Params = Partial<Record<Variable, string | string[]>>;
const oneOf = (value: string | string[] | undefined) =>
  typeof value === "string" && value !== "" ? value : null;

/** What an address says that the variables stand for. */
export function chosenIn({ service, node }: Params): VariableValues {
  return { service: oneOf(service), node: oneOf(node) };
}
