import { unsupported } from "../loki-error.ts";
import { type Fields, readJson, readLogfmt } from "./fields.ts";
import { compileLabelFilter } from "./label-filter.ts";
import { compileRegexp } from "./regexp.ts";
import type { Row, Stage } from "./row.ts";
import { child, children, only, stringOf, text, type Syntax } from "./syntax.ts";

/** Reads the stages of a `PipelineExpr`, in order. */
export function compilePipeline(pipeline: Syntax | undefined): Stage[] {
  if (!pipeline) return [];
  return children(pipeline).flatMap((part) =>
    part.node.name === "PipelineExpr" ? compilePipeline(part) : compileStage(part),
  );
}

function compileStage(stage: Syntax): Stage[] {
  const body = children(stage).find(({ node }) => node.name !== "Pipe");
  switch (body?.node.name) {
    case "LineFilters":
      return lineFilters(body);
    case "LabelFilter":
      return [compileLabelFilter(body)];
    case "LabelParser":
    case "LogfmtParser":
      return [parserStage(body)];
    default:
      throw unsupported(body ? text(body) : text(stage));
  }
}

function parserStage(parser: Syntax): Stage {
  const name = text(parser);
  if (name === "json") return (row) => addFields(row, readJson(row.line));
  if (name === "logfmt") return (row) => addFields(row, readLogfmt(row.line));
  throw unsupported(name);
}

function addFields(row: Row, read: Fields): true {
  if (!read.ok) {
    row.parsed.set("__error__", read.error).set("__error_details__", read.details);
    return true;
  }
  for (const [name, value] of read.fields) {
    if (value !== "") row.parsed.set(row.streamLabels.has(name) ? `${name}_extracted` : name, value);
  }
  return true;
}

function lineFilters(filters: Syntax): Stage[] {
  return children(filters).flatMap((filter) =>
    filter.node.name === "LineFilters" ? lineFilters(filter) : [lineFilter(filter)],
  );
}

function lineFilter(filter: Syntax): Stage {
  if (child(filter, "FilterOp") || child(filter, "OrFilter")) throw unsupported(text(filter));
  const operator = text(only(filter, "Filter"));
  const wanted = stringOf(filter);
  if (operator === "|=") return ({ line }) => line.includes(wanted);
  if (operator === "!=") return ({ line }) => !line.includes(wanted);
  if (operator !== "|~" && operator !== "!~") throw unsupported(text(filter));
  const found = compileRegexp(wanted, { whole: false });
  return operator === "|~" ? ({ line }) => found(line) : ({ line }) => !found(line);
}
