import { unsupported } from "../loki-error.ts";
import { parseBytes, parseDurationNs, parseNumber } from "../units.ts";
import { labelOf, type Row, type Stage } from "./row.ts";
import { compileMatcher } from "./selector.ts";
import { child, children, text, type Syntax } from "./syntax.ts";

type Read = (text: string) => number | null;

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = {
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  "=": (a, b) => a === b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

const READERS: Record<string, Read> = {
  NumberFilter: parseNumber,
  DurationFilter: parseDurationNs,
  BytesFilter: parseBytes,
};

/** Reads a label filter: a comparison, or several joined by `and`, a comma or `or`. */
export function compileLabelFilter(filter: Syntax): Stage {
  const parts = children(filter);
  const filters = parts.filter(({ node }) => node.name === "LabelFilter");
  if (filters.length > 0) return combine(filter, parts, filters);
  const [only] = parts;
  if (!only) throw unsupported(text(filter));
  const body = only.node.name === "UnitFilter" ? children(only)[0] : only;
  if (body?.node.name === "Matcher") return matcherStage(body);
  const read = READERS[body?.node.name ?? ""];
  if (!body || !read) throw unsupported(text(filter));
  return comparison(body, read);
}

function combine(filter: Syntax, parts: Syntax[], filters: Syntax[]): Stage {
  if (filters.length > 1 && filters.some((part) => joinsBothWays(part, parts))) {
    throw unsupported('"and" beside "or" without parentheses');
  }
  const [left, right] = filters.map(compileLabelFilter);
  if (!left) throw unsupported(text(filter));
  if (!right) return left;
  if (child(filter, "Or")) return (row) => left(row) || right(row);
  return (row) => left(row) && right(row);
}

/** Whether an operand without parentheses joins its own parts by the other word. */
function joinsBothWays(operand: Syntax, siblings: Syntax[]): boolean {
  const isOr = (parts: Syntax[]) => parts.some(({ node }) => node.name === "Or");
  const inner = children(operand);
  const joins = inner.filter(({ node }) => node.name === "LabelFilter").length > 1;
  return joins && isOr(inner) !== isOr(siblings);
}

function matcherStage(matcher: Syntax): Stage {
  const { name, test } = compileMatcher(matcher);
  return (row) => test(labelOf(row, name));
}

/** As in Loki a line whose value cannot be read stays, marked with `__error__`; one without the label goes. */
function comparison(filter: Syntax, read: Read): Stage {
  const [name, operator, literal] = children(filter);
  const compare = COMPARISONS[operator ? text(operator) : ""];
  const limit = literal ? read(text(literal)) : null;
  if (!name || !compare || limit === null) throw unsupported(text(filter));
  const label = text(name);
  return (row) => keeps(row, labelOf(row, label), read, (value) => compare(value, limit));
}

function keeps(row: Row, value: string, read: Read, test: (value: number) => boolean): boolean {
  if (row.parsed.has("__error__")) return true;
  if (value === "") return false;
  const number = read(value);
  if (number !== null) return test(number);
  row.parsed.set("__error__", "LabelFilterErr").set("__error_details__", `cannot read "${value}"`);
  return true;
}
