import "server-only";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { escapeRegex } from "#lib/domain/promql/selector.ts";
import { decimal, writeDecimal } from "#lib/domain/slo/decimal.ts";
import type { LatencySli, Selection } from "#lib/domain/slo/definition/sli.ts";

const LE = "le";
const MILLISECONDS = /_(?:milliseconds|ms)$/;

/** The bound that a matcher on `le` chooses, however it is written; null where it is not one bound. */
function boundOf({ operator, value }: LabelMatcher): number | null {
  const writings =
    operator === "=" ? [value] : operator === "=~" ? value.replaceAll("\\.", ".").split("|") : [];
  const bounds = new Set(
    writings.map((text) => (text.trim() === "" ? NaN : Number(text.replace("+Inf", "Infinity")))),
  );
  const [bound] = bounds;
  return bounds.size === 1 && bound !== undefined && !Number.isNaN(bound) ? bound : null;
}

/** A whole bound is written "1" by some servers and "1.0" by others. */
export function matcherOfBound(bound: number): LabelMatcher {
  const text = writeDecimal(bound);
  if (!Number.isInteger(bound)) return { label: LE, operator: "=", value: text };
  return { label: LE, operator: "=~", value: `${text}|${escapeRegex(`${text}.0`)}` };
}

function bucketOf({ metric, matchers }: Selection): { base: Selection; bound: number } | null {
  const le = matchers.filter(({ label }) => label === LE);
  const bound = le[0] && le.length === 1 ? boundOf(le[0]) : null;
  if (!metric.endsWith("_bucket") || bound === null) return null;
  const others = matchers.filter(({ label }) => label !== LE);
  return { base: { metric: metric.slice(0, -"_bucket".length), matchers: others }, bound };
}

/** The histogram whose every observation a selection counts: by `_count`, or by the bucket without a bound. */
function allOf(selection: Selection): Selection | null {
  const { metric, matchers } = selection;
  if (metric.endsWith("_count")) return { metric: metric.slice(0, -"_count".length), matchers };
  const bucket = bucketOf(selection);
  return bucket?.bound === Infinity ? bucket.base : null;
}

/** A matcher as one text, to be compared. */
export function matcherText({ label, operator, value }: LabelMatcher): string {
  return JSON.stringify([label, operator, value]);
}

/** Whether two selections choose the same series by the same words. */
export function isSameSelection(a: Selection, b: Selection): boolean {
  const words = ({ matchers }: Selection) => matchers.map(matcherText).sort().join();
  return a.metric === b.metric && words(a) === words(b);
}

/** What one sample of a histogram's metric is in seconds, by the unit in its name. */
export function secondsPerUnit(metric: string): number {
  return MILLISECONDS.test(metric) ? 0.001 : 1;
}

/** The latency SLI of a bucket over all observations of the same histogram; null for any other pair. */
export function latencyOf(good: Selection, total: Selection): LatencySli | null {
  const fast = bucketOf(good);
  const all = allOf(total);
  if (!fast || !all || !Number.isFinite(fast.bound) || !isSameSelection(fast.base, all)) return null;
  const durationToSeconds = secondsPerUnit(all.metric);
  const thresholdSeconds = decimal(fast.bound * durationToSeconds);
  return { kind: "latency", histogram: "classic", durations: all, thresholdSeconds, durationToSeconds };
}
