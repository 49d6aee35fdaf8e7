import "server-only";
import { AppError } from "#lib/server/errors.ts";
import type { QueryLimits } from "./limits.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const STEP_LADDER_SECONDS = [
  15,
  30,
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 6, 12, 24].map((hours) => hours * HOUR),
];
const MAX_POINTS = 11_000;

/** Evaluation times of a range answer: `startSeconds + i * stepSeconds` for `i < points`, Unix seconds. */
export interface Grid {
  startSeconds: number;
  stepSeconds: number;
  points: number;
}

/**
 * The finest step of a fixed ladder that gives at most one point per two pixels and is no finer than the
 * scrape interval; the coarsest, a day, where none does. Seconds in, seconds out.
 */
export function chooseStep(rangeSeconds: number, widthPx: number, scrapeIntervalSeconds: number): number {
  const wanted = Math.min(Math.max(1, Math.floor(widthPx / 2)), MAX_POINTS - 1);
  const fits = (step: number) => step >= scrapeIntervalSeconds && rangeSeconds / step <= wanted;
  return STEP_LADDER_SECONDS.find(fits) ?? 24 * HOUR;
}

/**
 * Snaps a range to multiples of its step: the first point lies at or before `fromMs`, the last one at or
 * before `toMs` (a point after now would repeat the newest sample).
 * @throws AppError `invalid` naming `fromMs`, `toMs` or `stepSeconds`; `query_too_expensive` past the limits.
 */
export function alignGrid(
  range: { fromMs: number; toMs: number; stepSeconds: number },
  limits: Pick<QueryLimits, "maxPoints" | "maxRangeSeconds">,
): Grid {
  const { fromMs, toMs, stepSeconds } = range;
  if (!Number.isSafeInteger(stepSeconds) || stepSeconds < 1) {
    throw badField("stepSeconds", "must be a whole number of seconds, at least 1");
  }
  if (!isTime(fromMs)) throw badField("fromMs", "is not a time");
  if (!isTime(toMs) || toMs < fromMs) throw badField("toMs", "must not lie before from");
  if (toMs - fromMs > limits.maxRangeSeconds * 1000) {
    const days = Math.floor(limits.maxRangeSeconds / (24 * HOUR));
    throw new AppError("query_too_expensive", `the range may span ${days} days at most`);
  }
  const first = Math.floor(fromMs / 1000 / stepSeconds);
  const points = Math.floor(toMs / 1000 / stepSeconds) - first + 1;
  if (points > limits.maxPoints) {
    const detail = `${points} points per series are more than ${limits.maxPoints}; choose a larger step`;
    throw new AppError("query_too_expensive", detail);
  }
  return { startSeconds: first * stepSeconds, stepSeconds, points };
}

/** The last evaluation time of a grid, Unix seconds. */
export function endOf(grid: Grid): number {
  return grid.startSeconds + (grid.points - 1) * grid.stepSeconds;
}

function isTime(ms: number): boolean {
  return Number.isFinite(ms) && ms >= 0 && ms <= 8.64e15;
}

function badField(path: string, message: string): AppError {
  return new AppError("invalid", `${path} ${message}`, { fields: [{ path, message }] });
}
