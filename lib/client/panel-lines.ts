import { replaceEqualDeep } from "@tanstack/react-query";
import { localProblem, problemOf } from "./fetch-json.ts";
import type { PanelLine, PanelRequest, QueryText } from "#lib/contracts/panels.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import type { PageSpec } from "./page-spec.ts";

/** A panel's newest good line, or its refusal when there never was a good one. */
export type ReceivedLine = PanelLine & {
  receivedAt: string;
  /** A later tick failed; the line is the last good one. */
  failure?: { problem: Problem; since: string };
  /** The line belongs to another time range and waits to be replaced. */
  superseded?: boolean;
};

/** A page's lines by panel id; plain JSON, so a server component can hand it to the browser. */
export type PanelLines = Record<string, ReceivedLine>;

/** What a panel shows now. */
export type PanelView<T> =
  | { state: "loading" }
  | { state: "failed"; problem: Problem }
  | {
      state: "ready";
      data: T;
      /** The newest sample, null when there is none. */
      asOf: string | null;
      receivedAt: string;
      queries: QueryText[];
      warnings: string[];
      partial: boolean;
      /** Why the data is older than it should be; null when it is fresh. */
      stale: string | null;
      superseded: boolean;
    };

/** Lines computed in process, as a page hands them to the browser for the first paint. */
export function receivedLines(lines: readonly PanelLine[], receivedAt: string): PanelLines {
  return Object.fromEntries(lines.map((line) => [line.id, { ...line, receivedAt }]));
}

/** What is asked for: of charts that are there already only what is newer. */
export function panelsWanted({ panels }: PageSpec, held: PanelLines): PanelRequest[] {
  return panels.map((panel) => {
    const line = held[panel.id];
    return line?.ok && line.answerId !== undefined ? { ...panel, have: line.answerId } : panel;
  });
}

/**
 * What is as before stays the same object, so that nothing is drawn anew for it. A chart is told by its name: to compare
 * thousands of points costs more than to draw them.
 */
function sharing(line: PanelLine, before: ReceivedLine | undefined): PanelLine {
  if (!line.ok || !before?.ok) return line;
  const { data } = before.answer;
  if (line.answerId === undefined)
    return { ...line, answer: { ...line.answer, data: replaceEqualDeep(data, line.answer.data) } };
  return line.answerId === before.answerId ? { ...line, answer: { ...line.answer, data } } : line;
}

/** Puts a line among those of the page. A refusal never replaces a good line: it is noted beside it. */
export function mergeLine(lines: PanelLines, line: PanelLine, receivedAt: string): PanelLines {
  const before = lines[line.id];
  const keep = !line.ok && before?.ok && !before.superseded;
  if (!keep) return { ...lines, [line.id]: { ...sharing(line, before), receivedAt } };
  const since = before.failure?.since ?? receivedAt;
  return { ...lines, [line.id]: { ...before, failure: { problem: line.problem, since } } };
}

/** Good lines of another range, marked, so that a page keeps its shape until the new ones arrive. */
export function supersede(lines: PanelLines): PanelLines {
  const good = Object.entries(lines).filter(([, line]) => line.ok);
  return Object.fromEntries(good.map(([id, line]) => [id, { ...line, superseded: true }]));
}

/** Refusals for the panels that an ended answer left out. */
export function missingLines(spec: PageSpec, arrived: ReadonlySet<string>): PanelLine[] {
  const problem = localProblem("unavailable", "The answer broke off", "No line for this panel arrived.");
  return spec.panels.filter((panel) => !arrived.has(panel.id)).map(({ id }) => ({ id, ok: false, problem }));
}

/** The view of a panel; `error` is the failure of the page's last request as a whole. */
export function panelView<T>(line: ReceivedLine | undefined, error: Error | null): PanelView<T> {
  if (!line) return error ? { state: "failed", problem: problemOf(error) } : { state: "loading" };
  if (!line.ok) return { state: "failed", problem: line.problem };
  const failure = line.failure?.problem ?? (error ? problemOf(error) : null);
  const { answer } = line;
  return {
    state: "ready",
    data: answer.data as T,
    asOf: answer.asOf,
    receivedAt: line.receivedAt,
    queries: line.queries,
    warnings: answer.warnings,
    partial: answer.partial,
    stale: failure ? `${failure.title}: ${failure.detail}` : staleAnswer(answer),
    superseded: line.superseded === true,
  };
}

function staleAnswer(answer: { stale: boolean; warnings: string[] }): string | null {
  return answer.stale ? (answer.warnings[0] ?? "The source did not answer") : null;
}
