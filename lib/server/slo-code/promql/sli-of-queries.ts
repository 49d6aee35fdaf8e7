import "server-only";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import type { Selection, Sli, SliKind } from "#lib/domain/slo/definition/sli.ts";
import { customCount } from "./custom.ts";
import { bare, type Expression, parseExpression, sidesOf } from "./expression.ts";
import { isSameSelection, latencyOf, matcherText } from "./latency.ts";
import { type Counting, countingOf, differenceOf } from "./selection.ts";

type Form = "good" | "bad";

const OPPOSITE: Record<LabelMatcher["operator"], LabelMatcher["operator"]> = {
  "=": "!=",
  "!=": "=",
  "=~": "!~",
  "!~": "=~",
};

/** What two queries measure. */
export interface MeasuredSli {
  sli: Sli;
  groupBy: string[];
  /** Which of its queries give events a second where events are counted. */
  rates: ("numerator" | "total")[];
}

/** The matcher that chooses exactly what this one leaves out. */
export function opposite({ label, operator, value }: LabelMatcher): LabelMatcher {
  return { label, operator: OPPOSITE[operator], value };
}

/** The matchers a selection has beyond those of a wider one; null where it is not within it. */
function narrowing(selection: Selection, wider: Selection): LabelMatcher[] | null {
  if (selection.metric !== wider.metric) return null;
  const own = new Set(selection.matchers.map(matcherText));
  if (!wider.matchers.every((matcher) => own.has(matcherText(matcher)))) return null;
  const common = new Set(wider.matchers.map(matcherText));
  return selection.matchers.filter((matcher) => !common.has(matcherText(matcher)));
}

function badOver(bad: Selection, total: Selection): Sli {
  const failed = narrowing(bad, total);
  if (failed?.length) return { kind: "availability", requests: total, failed };
  return { kind: "error_rate", requests: total, errors: bad };
}

/** Good events over all: a native kind where the two say what the bad ones are. */
function goodOver(good: Selection, total: Selection): Sli | null {
  const latency = latencyOf(good, total);
  if (latency) return latency;
  const [only, ...more] = narrowing(good, total) ?? [];
  return only && more.length === 0
    ? { kind: "availability", requests: total, failed: [opposite(only)] }
    : null;
}

/** The same measurement under another kind's name, where a file says which; queries cannot tell these apart. */
function asKind(kind: SliKind | null, form: Form, numerator: Selection, total: Selection): Sli | null {
  if (form === "bad" && kind === "error_rate") return { kind, requests: total, errors: numerator };
  if (form === "bad" && kind === "quality") return { kind, answers: total, degraded: numerator };
  if (form === "good" && kind === "completeness") return { kind, expected: total, processed: numerator };
  return null;
}

function nativeSli(
  form: Form,
  numerator: Counting,
  total: Counting,
  kind: SliKind | null,
): MeasuredSli | null {
  if (numerator.by.toSorted().join() !== total.by.toSorted().join()) return null;
  const [part, all] = [numerator.selection, total.selection];
  const sli = asKind(kind, form, part, all) ?? (form === "bad" ? badOver(part, all) : goodOver(part, all));
  return sli && { sli, groupBy: total.by, rates: [] };
}

function readPlainly(
  form: Form,
  numerator: Expression,
  total: Expression,
  kind: SliKind | null,
): MeasuredSli | null {
  const all = countingOf(total);
  if (all === null) return null;
  const part = countingOf(numerator);
  if (part) return nativeSli(form, part, all, kind);
  const difference = differenceOf(numerator);
  const isRest = difference && isSameSelection(difference.of.selection, all.selection);
  return isRest ? nativeSli(form === "bad" ? "good" : "bad", difference.part, all, kind) : null;
}

/**
 * The SLI of two queries: a native kind where they plainly are sums of counters, else a custom one over `$window`.
 *
 * @param kind what the file itself calls it; for kinds that count in the same way.
 */
export function sliOfQueries(
  form: Form,
  numerator: Expression,
  total: Expression,
  kind: SliKind | null = null,
): MeasuredSli {
  const plain = readPlainly(form, numerator, total, kind);
  if (plain) return plain;
  const counts = { numerator: customCount(numerator), total: customCount(total) };
  const rates = (["numerator", "total"] as const).filter((side) => counts[side].isRate);
  const expressions = { numerator: counts.numerator.expression, total: counts.total.expression };
  return { sli: { kind: "custom", form, ...expressions }, groupBy: [], rates };
}

/** Numerator and total of `a / b`, or of `1 - a / b`, which turns good into bad; null for any other ratio. */
export function pairOfRatio(
  ratio: Expression,
  form: Form,
): { form: Form; numerator: Expression; total: Expression } | null {
  const rest = sidesOf(ratio.root, "Sub");
  const isComplement = rest && Number(ratio.text.slice(rest[0].from, rest[0].to)) === 1;
  const sides = sidesOf(isComplement ? rest[1] : ratio.root, "Div");
  const parts = sides?.map((side) => parseExpression(ratio.text.slice(bare(side).from, bare(side).to)));
  if (!parts?.[0] || !parts[1]) return null;
  const complemented = form === "bad" ? "good" : "bad";
  return { form: isComplement ? complemented : form, numerator: parts[0], total: parts[1] };
}
