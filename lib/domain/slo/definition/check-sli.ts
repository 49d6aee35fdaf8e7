import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { labelList, selector } from "#lib/domain/promql/selector.ts";
import { decimal } from "../decimal.ts";
import type { Checker, Issue } from "./issue.ts";
import type { Comparison, CompositeSli, CustomSli, LatencySli, Selection, Sli } from "./sli.ts";

type Path = Issue["path"];

const MAX_STEPS = 20;
const WINDOW_RANGE = "[$window]";
/** A range or a subquery over the window. */
const OVER_WINDOW = /\[\$window[\]:]/;

/** Whether the query writer takes the name; it alone knows which names are good. */
function isWritable(write: () => string): boolean {
  try {
    write();
    return true;
  } catch {
    return false;
  }
}

/** Whether a text is a label name of Prometheus' classic character set. */
export function isLabelName(text: string): boolean {
  return isWritable(() => labelList(text));
}

/** Checks the labels that matchers name. */
export function checkMatchers(check: Checker, matchers: readonly LabelMatcher[], path: Path): void {
  matchers.forEach(({ label }, at) => {
    check.expect(isLabelName(label), [...path, at, "label"], `"${label}" is no label name.`);
    check.expect(label !== "__name__", [...path, at, "label"], "The metric is named by its own field.");
  });
}

function checkSelection(check: Checker, { metric, matchers }: Selection, path: Path): void {
  check.expect(
    isWritable(() => selector(metric)),
    [...path, "metric"],
    `"${metric}" is no metric name.`,
  );
  checkMatchers(check, matchers, [...path, "matchers"]);
}

function checkComparison(check: Checker, { value }: Comparison, path: Path): void {
  check.expect(Number.isFinite(value), [...path, "value"], "Must be a number.");
}

function checkLatency(check: Checker, sli: LatencySli, path: Path): void {
  checkSelection(check, sli.durations, [...path, "durations"]);
  check.positive(sli.thresholdSeconds, [...path, "thresholdSeconds"]);
  check.positive(sli.durationToSeconds, [...path, "durationToSeconds"]);
  const suffix = /_(bucket|count|sum)$/.exec(sli.durations.metric)?.[0];
  const message = `Name the histogram without "${suffix}".`;
  check.expect(suffix === undefined, [...path, "durations", "metric"], message);
}

function checkCustom(check: Checker, sli: CustomSli, path: Path): void {
  for (const field of ["numerator", "total"] as const) {
    const message = `Must count events over ${WINDOW_RANGE}, as in sum(increase(errors_total${WINDOW_RANGE})).`;
    check.expect(OVER_WINDOW.test(sli[field]), [...path, field], message);
  }
}

function checkWeights(check: Checker, { combine, steps }: CompositeSli, path: Path): void {
  if (combine === "serial") {
    const counting = steps.some(({ onCriticalPath }) => onCriticalPath);
    check.expect(counting, [...path, "steps"], "At least one step must be on the critical path.");
    return;
  }
  steps.forEach(({ weight }, at) => check.positive(weight ?? NaN, [...path, "steps", at, "weight"]));
  const sum = decimal(steps.reduce((total, { weight }) => total + (weight ?? NaN), 0));
  if (Number.isNaN(sum)) return;
  check.expect(Math.abs(sum - 1) < 1e-9, [...path, "steps"], `Weights must add to 1; these add to ${sum}.`);
}

function checkComposite(check: Checker, sli: CompositeSli, path: Path): void {
  const count = sli.steps.length;
  check.expect(count >= 1 && count <= MAX_STEPS, [...path, "steps"], `Must have 1 to ${MAX_STEPS} steps.`);
  checkWeights(check, sli, path);
  sli.steps.forEach(({ name, slo }, at) => {
    check.expect(name.trim() !== "", [...path, "steps", at, "name"], "Must have a name.");
    check.expect(slo !== "", [...path, "steps", at, "slo"], "Must name an SLO.");
    const earlier = sli.steps.findIndex((step) => step.slo === slo) < at;
    check.expect(!earlier, [...path, "steps", at, "slo"], "Another step has this SLO already.");
  });
}

function checkPair(check: Checker, pair: Record<string, Selection>, path: Path): void {
  for (const [field, selection] of Object.entries(pair)) checkSelection(check, selection, [...path, field]);
}

/** Checks what is measured. */
export function checkSli(check: Checker, sli: Sli, path: Path): void {
  switch (sli.kind) {
    case "availability": {
      checkSelection(check, sli.requests, [...path, "requests"]);
      check.expect(sli.failed.length > 0, [...path, "failed"], "Must say which requests failed.");
      return checkMatchers(check, sli.failed, [...path, "failed"]);
    }
    case "error_rate":
      return checkPair(check, { requests: sli.requests, errors: sli.errors }, path);
    case "latency":
      return checkLatency(check, sli, path);
    case "throughput":
      checkSelection(check, sli.events, [...path, "events"]);
      return checkComparison(check, sli.perSecond, [...path, "perSecond"]);
    case "quality":
      return checkPair(check, { answers: sli.answers, degraded: sli.degraded }, path);
    case "freshness":
      checkSelection(check, sli.lastSuccess, [...path, "lastSuccess"]);
      return check.positive(sli.maxAgeSeconds, [...path, "maxAgeSeconds"]);
    case "completeness":
      return checkPair(check, { expected: sli.expected, processed: sli.processed }, path);
    case "custom":
      return checkCustom(check, sli, path);
    case "probe":
      check.expect(sli.expression.trim() !== "", [...path, "expression"], "Must be a PromQL expression.");
      return checkComparison(check, sli.good, [...path, "good"]);
    case "composite":
      return checkComposite(check, sli, path);
  }
}
