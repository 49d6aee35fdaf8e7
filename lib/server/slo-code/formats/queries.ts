import "server-only";
import type { SliKind } from "#lib/domain/slo/definition/sli.ts";
import { AppError } from "#lib/server/errors.ts";
import { checkPromql } from "#lib/server/query/promql-syntax.ts";
import { type Expression, parseExpression } from "../promql/expression.ts";
import { type MeasuredSli, pairOfRatio, sliOfQueries } from "../promql/sli-of-queries.ts";
import type { Origin } from "./draft.ts";
import type { SourceDocument } from "../source/document.ts";
import type { Path } from "../source/problem.ts";

const MAX_LENGTH = 8_000;

/** A query of a document. */
export interface Query {
  document: SourceDocument;
  path: Path;
  text: string;
}

/** An SLI with where the parts of it were read. */
export interface ReadSli extends MeasuredSli {
  origins: Origin[];
}

/** Fields of SLIs that say what the numerator counts; all others speak of the total too. */
const OF_NUMERATOR = new Set(["numerator", "failed", "errors", "degraded", "processed"]);

/** The query as an expression; one that is no PromQL is noted with its place. */
export function readQuery({ document, path, text }: Query): Expression | null {
  const expression = parseExpression(text);
  if (expression === null) document.note("error", path, whyUnreadable(text));
  return expression;
}

function whyUnreadable(text: string): string {
  try {
    checkPromql(text, MAX_LENGTH);
  } catch (error) {
    if (error instanceof AppError) return `This is no PromQL: ${error.message}.`;
    throw error;
  }
  return "It calls a function that Prometheus does not have.";
}

function locate(measured: MeasuredSli, queries: { numerator: Query; total: Query }): ReadSli {
  for (const side of measured.rates) {
    const { document, path } = queries[side];
    const message =
      "Counts events a second: the error ratio is right, but figures in events are too low. Use increase().";
    document.note("warning", path, message);
  }
  const origins = Object.keys(measured.sli).map((field): Origin => {
    const { document, path } = queries[OF_NUMERATOR.has(field) ? "numerator" : "total"];
    return { field: ["sli", field], document, path };
  });
  return { ...measured, origins };
}

/** The SLI of a good or bad query over a total; null, and noted, where one of them cannot be read. */
export function readPair(
  form: "good" | "bad",
  numerator: Query,
  total: Query,
  kind: SliKind | null = null,
): ReadSli | null {
  const part = readQuery(numerator);
  const all = readQuery(total);
  return part && all ? locate(sliOfQueries(form, part, all, kind), { numerator, total }) : null;
}

/** The SLI of a ready-made ratio: only one that still shows what it divides can be counted. */
export function readRatio(form: "good" | "bad", query: Query): ReadSli | null {
  const ratio = readQuery(query);
  if (ratio === null) return null;
  const pair = pairOfRatio(ratio, form);
  if (pair) {
    const measured = sliOfQueries(pair.form, pair.numerator, pair.total);
    return locate(measured, { numerator: query, total: query });
  }
  const message =
    "A ready-made ratio cannot be summed: a mean of ratios hides an outage at peak traffic. Give the bad and the total events.";
  query.document.note("error", query.path, message);
  return null;
}
