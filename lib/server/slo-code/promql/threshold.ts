import "server-only";
import type { SyntaxNode } from "@lezer/common";
import type { Comparison, Selection, Sli } from "#lib/domain/slo/definition/sli.ts";
import { argumentsOf, bare, childrenOf, type Expression, sidesOf, writeNode } from "./expression.ts";
import { countingOf, selectionOf } from "./selection.ts";

/** The selection below `max(…)`, or of the node itself. */
function newestOf(expression: Expression, node: SyntaxNode): Selection | null {
  const [operator, body, ...more] = childrenOf(bare(node));
  if (operator?.firstChild?.name !== "Max" || !body || more.length > 0) return selectionOf(expression, node);
  return body.firstChild && selectionOf(expression, body.firstChild);
}

/** A freshness SLI where the expression is `time() - max(gauge)`. */
function freshness(expression: Expression, { operator, value }: Comparison): Sli | null {
  const sides = sidesOf(expression.root, "Sub");
  if (!sides || operator !== "<=" || !argumentsOf(sides[0], ["Time"])) return null;
  const lastSuccess = newestOf(expression, sides[1]);
  return lastSuccess && { kind: "freshness", lastSuccess, maxAgeSeconds: value };
}

/** A throughput SLI where the expression is a sum of rates. */
function throughput(expression: Expression, perSecond: Comparison): { sli: Sli; groupBy: string[] } | null {
  const isRate = /^\(*sum\b[^]*\brate\s*\(/.test(expression.text);
  const counting = isRate ? countingOf(expression) : null;
  return (
    counting && { sli: { kind: "throughput", events: counting.selection, perSecond }, groupBy: counting.by }
  );
}

/** The SLI of an expression that is compared per slice: a native kind where it plainly is one, else a probe. */
export function readThreshold(expression: Expression, good: Comparison): { sli: Sli; groupBy: string[] } {
  const native = throughput(expression, good);
  if (native) return native;
  const probe: Sli = { kind: "probe", expression: writeNode(expression, expression.root), good };
  return { sli: freshness(expression, good) ?? probe, groupBy: [] };
}
