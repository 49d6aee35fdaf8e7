import { PANELS, PanelLine, type PanelName } from "#lib/contracts/panels.ts";
import { type SeriesData, SeriesTail } from "#lib/contracts/series.ts";
import { withTail } from "#lib/domain/series/tail.ts";
import { unknownShape } from "./fetch-json.ts";
import type { PageSpec } from "./page-spec.ts";
import type { PanelLines } from "./panel-lines.ts";

/** A line that tells a tail, laid over the chart that was held when it was asked for. */
function whole(line: PanelLine, held: PanelLines): PanelLine {
  if (!line.ok || line.onto === undefined) return line;
  const older = held[line.id];
  if (!older?.ok || older.answerId !== line.onto)
    throw new TypeError(`${line.id}: nobody holds ${line.onto}`);
  const data = withTail(older.answer.data as SeriesData, SeriesTail.parse(line.answer.data));
  return { ...line, onto: undefined, queries: older.queries, answer: { ...line.answer, data } };
}

/**
 * Parses one line of the stream with its panel's own schema; an unknown shape becomes a refusal. `held` are the lines
 * that the page had when it asked.
 */
export function parseLine(spec: PageSpec, raw: unknown, held: PanelLines = {}): PanelLine {
  const told = PanelLine.parse(raw);
  const line = whole(told, held);
  // A tail was checked by itself, and the chart under it when it came.
  if (!line.ok || line !== told) return line;
  const panel = spec.panels.find(({ id }) => id === line.id)?.panel;
  if (panel === undefined || !isPanelName(panel)) throw new TypeError(`No panel ${line.id} was asked for`);
  const data = PANELS[panel].data.safeParse(line.answer.data);
  if (data.success) return { ...line, answer: { ...line.answer, data: data.data } };
  const problem = unknownShape(data.error);
  return { id: line.id, ok: false, problem: { ...problem, detail: `${line.id}: ${problem.detail}` } };
}

function isPanelName(name: string): name is PanelName {
  return Object.hasOwn(PANELS, name);
}
