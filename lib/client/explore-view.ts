import {
  createSerializer,
  parseAsBoolean,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { UNITS } from "#lib/domain/series/units.ts";
import { rangeParams } from "./time-range.ts";

export const LANGUAGES = ["promql", "logql"] as const;
export type Language = (typeof LANGUAGES)[number];
/** Over the page's range, or at its end. */
const SPANS = ["range", "instant"] as const;
const LOOKS = ["graph", "table", "raw"] as const;
export type Look = (typeof LOOKS)[number];

/** Seconds between two points of a range, as people choose them. */
export const STEPS_SECONDS = [
  5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400,
] as const;
/** Few enough for a chart, and for a source that is asked something new every time. */
const POINTS = 300;
/** No source of ours is scraped more often. */
const FINEST_SECONDS = 15;

/** All that a colleague needs to see the same answer, beside the time range. */
export const EXPLORE_VIEW = {
  lang: parseAsStringLiteral(LANGUAGES).withDefault("promql"),
  q: parseAsString.withDefault(""),
  span: parseAsStringLiteral(SPANS).withDefault("range"),
  look: parseAsStringLiteral(LOOKS).withDefault("graph"),
  unit: parseAsStringLiteral(UNITS).withDefault("count"),
  /** Without one: see `stepFor`. */
  step: parseAsNumberLiteral(STEPS_SECONDS),
  exemplars: parseAsBoolean.withDefault(false),
};
export type ExploreView = {
  [Key in keyof typeof EXPLORE_VIEW]: ReturnType<(typeof EXPLORE_VIEW)[Key]["parseServerSide"]>;
};

const write = createSerializer(EXPLORE_VIEW);

/** Explore with a query over a range. */
export function explorePath(view: Partial<ExploreView>, range: TimeRange): string {
  const spelled = Object.entries(rangeParams(range)).filter(([, value]) => value !== null);
  const base = new URLSearchParams(spelled as [string, string][]).toString();
  return write(base === "" ? "/explore" : `/explore?${base}`, view);
}

/** The step of a span that nobody chose one for, in seconds: the finest that keeps it to some 300 points. */
export function stepFor(spanSeconds: number): number {
  const fits = STEPS_SECONDS.filter((step) => step >= FINEST_SECONDS);
  return fits.find((step) => spanSeconds / step <= POINTS) ?? 86_400;
}
