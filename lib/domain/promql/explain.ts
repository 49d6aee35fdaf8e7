import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { listOf } from "../words/language.ts";
import { durationWords } from "./duration-words.ts";
import { AGGREGATION_WORDS, FUNCTION_WORDS, OPERATOR_WORDS } from "./function-words.ts";
import { plain, selectorWords } from "./selector-words.ts";

/** A part of a query, what it does in plain words, and the parts that it works on. */
export interface ExplainedPart {
  text: string;
  says: string;
  /** False where Burnline has no words for it. */
  known: boolean;
  parts: ExplainedPart[];
}

/** `at` is where the query stops being PromQL that Burnline can read, as an offset into it. */
export type Explanation = { part: ExplainedPart; at: null } | { part: null; at: number };

type Told = Omit<ExplainedPart, "text">;
type Explain = (text: string, node: SyntaxNode) => Told;

/**
 * Says part by part what a PromQL query does, from its syntax alone: what the names mean, and whether there is any data,
 * it does not know. What it has no words for is said to be so.
 */
export function explainPromql(text: string): Explanation {
  const tree = parser.parse(text);
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) return { part: null, at: cursor.from };
  } while (cursor.next());
  const [query] = expressionsOf(tree.topNode);
  return query ? { part: explained(text, query), at: null } : { part: null, at: 0 };
}

function explained(text: string, node: SyntaxNode): ExplainedPart {
  const explain = EXPLAIN[node.name] ?? unknown;
  return { text: slice(text, node), ...explain(text, node) };
}

const EXPLAIN: Readonly<Record<string, Explain>> = {
  VectorSelector: (text, node) => leaf(`The newest value of each series of ${selectorWords(text, node)}.`),
  MatrixSelector: (text, node) =>
    modified(text, node, (of) => {
      const span = durationWords(slice(text, node.getChild("DurationExpr")));
      if (of.name !== "VectorSelector") return unknown(text, of);
      return leaf(`All samples of the last ${span} of each series of ${selectorWords(text, of)}.`);
    }),
  SubqueryExpr: (text, node) => {
    const [range, every] = node.getChildren("DurationExpr").map((one) => durationWords(slice(text, one)));
    const step = every === undefined ? "at the source's own interval" : `every ${every}`;
    return over(text, node, `Works out what stands below over the last ${range}, ${step}.`);
  },
  OffsetExpr: (text, node) => {
    const written = slice(text, node.getChild("OffsetDurationExpr"));
    const ahead = written.startsWith("-");
    const span = durationWords(ahead ? written.slice(1) : written);
    return over(text, node, `As it ${ahead ? "will be" : "was"} ${span} ${ahead ? "later" : "earlier"}.`);
  },
  StepInvariantExpr: (text, node) => {
    const edge = slice(text, node.getChild("AtModifierPreprocessors"));
    const moment = slice(text, node.getChild("NumberDurationLiteral"));
    const when = edge === "" ? `${moment} seconds since 1970` : `the ${edge} of the range that is looked at`;
    return over(text, node, `As it was at ${when}, the same for every point.`);
  },
  ParenExpr: (text, node) => {
    const [inner] = expressionsOf(node);
    return inner ? explained(text, inner) : unknown(text, node);
  },
  UnaryExpr: (text, node) => {
    const turned = slice(text, node.getChild("UnaryOp")) === "-";
    const parts = expressionsOf(node).map((one) => explained(text, one));
    return { says: turned ? "The same with the opposite sign." : "The same.", known: true, parts };
  },
  NumberDurationLiteral: (text, node) => leaf(`The number ${slice(text, node)}.`),
  StringLiteral: (text, node) => leaf(`The text ${slice(text, node)}.`),
  AggregateExpr: explainAggregation,
  FunctionCall: explainFunction,
  BinaryExpr: explainOperator,
};

function explainAggregation(text: string, node: SyntaxNode): Told {
  const { series, values } = argumentsOf(text, node.getChild("FunctionCallBody"));
  const words = AGGREGATION_WORDS[slice(text, node.getChild("AggregateOp")).toLowerCase()];
  if (words === undefined) return unknown(text, node);
  return {
    says: `${filled(words, values)}, ${groupWords(text, node.getChild("AggregateModifier"))}.`,
    known: true,
    parts: series.map((one) => explained(text, one)),
  };
}

function groupWords(text: string, modifier: SyntaxNode | null): string {
  const labels = labelsOf(text, modifier);
  const each = modifier?.getChild("By") ? "for each" : "for all labels alike but";
  if (modifier && labels.length > 0) return `${each} ${listOf(labels)}`;
  return modifier?.getChild("Without") ? "series by series" : "over all series together";
}

function explainFunction(text: string, node: SyntaxNode): Told {
  const name = slice(text, node.getChild("FunctionIdentifier"));
  const { series, values } = argumentsOf(text, node.getChild("FunctionCallBody"));
  const words = FUNCTION_WORDS[name];
  const parts = series.map((one) => explained(text, one));
  if (words === undefined) return { says: `Burnline has no words for ${name}.`, known: false, parts };
  return { says: filled(words, values), known: true, parts };
}

function explainOperator(text: string, node: SyntaxNode): Told {
  const [left, right] = expressionsOf(node);
  if (!left || !right) return unknown(text, node);
  const operator =
    /^\S+/.exec(
      text
        .slice(left.to, right.from)
        .replace(/#[^\n]*/g, "")
        .trim(),
    )?.[0] ?? "";
  const symbol = operator.replace(/^([a-z]+\d?|[^a-z(]+).*$/is, "$1").toLowerCase();
  const words = OPERATOR_WORDS[symbol];
  const modifiers = [boolWords(node), matchingWords(text, node), fillWords(node)].filter(
    (part) => part !== "",
  );
  const parts = [left, right].map((one) => explained(text, one));
  if (words === undefined) return { says: `Burnline has no words for ${symbol}.`, known: false, parts };
  return { says: `${[words, ...modifiers].join("; ")}.`, known: !node.getChild("FillModifier"), parts };
}

function boolWords(node: SyntaxNode): string {
  return node.getChild("BoolModifier") ? "here it answers 1 or 0 instead of leaving series out" : "";
}

function matchingWords(text: string, node: SyntaxNode): string {
  const clause = node.getChild("MatchingModifierClause");
  if (!clause) return "";
  const [labels, added] = clause.getChildren("GroupingLabels").map((one) => labelsOf(text, one));
  const matched = clause.getChild("On")
    ? `series belong together by ${listOf(labels ?? []) || "nothing at all: each with each"}`
    : `series belong together by all labels but ${listOf(labels ?? [])}`;
  const many = clause.getChild("GroupLeft") ? "left" : clause.getChild("GroupRight") ? "right" : null;
  if (many === null) return matched;
  const taken = added && added.length > 0 ? `, and takes over ${listOf(added)}` : "";
  return `${matched}; on the ${many} several may belong to one${taken}`;
}

function fillWords(node: SyntaxNode): string {
  return node.getChild("FillModifier") ? "Burnline has no words for fill" : "";
}

/** The series that a call works on, and its other arguments as they are written, by their place. */
function argumentsOf(text: string, body: SyntaxNode | null): { series: SyntaxNode[]; values: string[] } {
  const all = body ? expressionsOf(body) : [];
  const isValue = ({ name }: SyntaxNode) => name === "NumberDurationLiteral" || name === "StringLiteral";
  return { series: all.filter((one) => !isValue(one)), values: all.map((one) => plain(slice(text, one))) };
}

/** `$1` is the first argument. */
function filled(words: string, values: readonly string[]): string {
  return words.replace(/\$(\d)/g, (_, place: string) => values[Number(place) - 1] ?? "…");
}

function labelsOf(text: string, node: SyntaxNode | null): string[] {
  const labels = node?.name === "GroupingLabels" ? node : (node?.getChild("GroupingLabels") ?? null);
  const names = [
    ...(labels?.getChildren("LabelName") ?? []),
    ...(labels?.getChildren("QuotedLabelName") ?? []),
  ];
  return names.sort((a, b) => a.from - b.from).map((one) => plain(slice(text, one)));
}

function over(text: string, node: SyntaxNode, says: string): Told {
  return modified(text, node, (of) => ({ says, known: true, parts: [explained(text, of)] }));
}

/**
 * What follows an expression belongs to its last operand alone, as in `a + b offset 5m`; the grammar hangs it above
 * the whole of it.
 */
function modified(text: string, node: SyntaxNode, explain: (of: SyntaxNode) => Told): Told {
  const [inner] = expressionsOf(node);
  return inner ? reaching(text, inner, node.to, explain) : unknown(text, node);
}

function reaching(text: string, node: SyntaxNode, to: number, explain: (of: SyntaxNode) => Told): Told {
  const last = expressionsOf(node).at(-1);
  if (!last || !(node.name === "BinaryExpr" || node.name === "UnaryExpr")) return explain(node);
  const whole = explained(text, node);
  const end = { text: text.slice(last.from, to), ...reaching(text, last, to, explain) };
  return { says: whole.says, known: whole.known, parts: [...whole.parts.slice(0, -1), end] };
}

function leaf(says: string): Told {
  return { says, known: true, parts: [] };
}

function unknown(text: string, node: SyntaxNode): Told {
  const parts = expressionsOf(node).map((one) => explained(text, one));
  return { says: "Burnline has no words for this.", known: false, parts };
}

/** The expressions right below a node. */
function expressionsOf(node: SyntaxNode): SyntaxNode[] {
  return node.getChildren("Expr");
}

function slice(text: string, node: SyntaxNode | null): string {
  return node ? text.slice(node.from, node.to) : "";
}
