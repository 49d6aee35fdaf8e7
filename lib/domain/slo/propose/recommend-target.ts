import { complement, decimal, percentOfRatio, writeDecimal } from "../decimal.ts";
import type { Phase } from "../definition/definition.ts";

/** What a target is recommended from; all ratios of good events, 0..1. */
export interface TargetFacts {
  /** What one would like to promise, and who says so: "the critical tier". */
  wanted: { target: number; by: string };
  /** Over the days measured; null without data. */
  measured: { goodRatio: number | null; coverage: string | null };
  /** What it depends on, with what that gave; null where it was not measured. */
  dependencies: readonly { name: string; goodRatio: number | null }[];
}

export interface TargetAdvice {
  target: number;
  reasons: string[];
  /** The way up to what was wanted, where that is out of reach today; empty when the target is the one wanted. */
  phases: Phase[];
}

/** Targets that people use, highest first. */
const LADDER: readonly number[] = [
  0.9999, 0.9995, 0.999, 0.998, 0.995, 0.99, 0.98, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5,
];
/** A target is met with margin when its budget would not have been spent beyond this share. */
const SPENT_AT_MOST = 0.8;

const percent = (ratio: number): string => `${writeDecimal(percentOfRatio(ratio))} %`;

/** Rounded down to three digits of what failed, so that it never reads better than it was. */
function writeMeasured(goodRatio: number): string {
  const bad = 1 - goodRatio;
  if (bad <= 0) return "100 %";
  const digits = Math.max(2, 1 - Math.floor(Math.log10(bad * 100)));
  const scale = 10 ** Math.min(8, digits);
  return `${writeDecimal(Math.floor(percentOfRatio(goodRatio) * scale) / scale)} %`;
}

/** What serial dependencies give together: the product of their good ratios; null when none was measured. */
export function ceilingOf(dependencies: TargetFacts["dependencies"]): number | null {
  const known = dependencies.flatMap(({ goodRatio }) => goodRatio ?? []);
  return known.length === 0 ? null : decimal(known.reduce((product, ratio) => product * ratio, 1));
}

function meetsWithMargin(target: number, goodRatio: number): boolean {
  return decimal(1 - goodRatio) <= decimal(complement(target) * SPENT_AT_MOST);
}

interface Bound {
  holds: (target: number) => boolean;
  reason: string;
}

function measuredBound({ wanted, measured }: TargetFacts): Bound | null {
  const { goodRatio, coverage } = measured;
  if (goodRatio === null) return null;
  const over = coverage === null ? "over the last 30 days" : `over ${coverage} that have data`;
  const missed = goodRatio < wanted.target ? "would have been missed" : "would have left hardly any budget";
  return {
    holds: (target) => meetsWithMargin(target, goodRatio),
    reason: `${writeMeasured(goodRatio)} was measured ${over}: ${percent(wanted.target)} ${missed}.`,
  };
}

/** "a", "a and b", "a, b and c". */
function listed(names: readonly string[]): string {
  const [last = "", ...before] = [...names].reverse();
  return before.length === 0 ? last : `${before.reverse().join(", ")} and ${last}`;
}

function dependencyBound({ dependencies }: TargetFacts): Bound | null {
  const ceiling = ceilingOf(dependencies);
  if (ceiling === null) return null;
  const named = dependencies
    .filter(({ goodRatio }) => goodRatio !== null)
    .map(({ name, goodRatio }) => `${name} (${writeMeasured(goodRatio ?? 0)})`);
  const gave = named.length === 1 ? "which gave no more" : `which gave ${writeMeasured(ceiling)} together`;
  return {
    holds: (target) => target <= ceiling,
    reason: `It depends on ${listed(named)}, ${gave}: no more can be promised.`,
  };
}

/** One step up to what was wanted: what is promised today for a month, then that. */
function phasesTo(target: number, wanted: number): Phase[] {
  if (target >= wanted) return [];
  const between = LADDER.filter((rung) => rung > target && rung < wanted).reverse();
  const middle = between[Math.floor(between.length / 2)];
  return [
    { target, months: 1 },
    ...(middle === undefined ? [] : [{ target: middle, months: 2 }]),
    { target: wanted, months: null },
  ];
}

function confirmation({ wanted, measured }: TargetFacts): string {
  if (measured.goodRatio === null)
    return `Nothing was measured yet: ${percent(wanted.target)} is what ${wanted.by} promises.`;
  const part = measured.coverage === null ? "over the last 30 days" : `over ${measured.coverage}`;
  return `${writeMeasured(measured.goodRatio)} was measured ${part}: ${percent(wanted.target)}, as ${wanted.by} promises, would have been met with room to spare.`;
}

/**
 * The highest target that people use which would have been met with a fifth of its budget left, is not above what was
 * wanted, and not above what its dependencies gave. Null when not even the lowest would have been met.
 */
export function recommendTarget(facts: TargetFacts): TargetAdvice | null {
  const { wanted, measured } = facts;
  const bounds = [measuredBound(facts), dependencyBound(facts)].filter((bound) => bound !== null);
  const rungs = [wanted.target, ...LADDER.filter((rung) => rung < wanted.target)];
  const target = rungs.find((rung) => bounds.every(({ holds }) => holds(rung)));
  if (target === undefined) return null;
  if (target === wanted.target) return { target, reasons: [confirmation(facts)], phases: [] };
  const reasons = bounds.filter(({ holds }) => !holds(wanted.target)).map(({ reason }) => reason);
  const room = measured.goodRatio === null ? "" : ", which would have left at least a fifth of its budget";
  reasons.push(`Begin with ${percent(target)}${room}, and step up to ${percent(wanted.target)}.`);
  return { target, reasons, phases: phasesTo(target, wanted.target) };
}
