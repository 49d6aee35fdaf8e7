import { writeSeconds } from "#lib/domain/words/figures.ts";
import { decimal } from "../decimal.ts";
import { possibleBounds } from "../definition/bucket-bounds.ts";

/** A threshold with the words why it is that one. */
export interface Chosen {
  seconds: number;
  reason: string;
}

function boundsInSeconds(labels: readonly string[], durationToSeconds: number): number[] {
  return possibleBounds(labels)
    .map((bound) => decimal(bound * durationToSeconds))
    .filter((bound) => bound > 0);
}

/** The bounds of a histogram above a latency, ascending; as {@link chooseThreshold}, in seconds. */
export function boundsAbove(seconds: number, labels: readonly string[], durationToSeconds: number): number[] {
  return boundsInSeconds(labels, durationToSeconds).filter((bound) => bound > seconds);
}

/**
 * The bound of a histogram that stands for a latency: the bound itself, else the next one above it, else the
 * largest there is. Null when the histogram has none.
 * @param labels the values of `le`, in the metric's own unit
 * @param durationToSeconds multiplies them to give seconds
 */
export function chooseThreshold(
  wantedSeconds: number,
  labels: readonly string[],
  durationToSeconds: number,
): Chosen | null {
  const bounds = boundsInSeconds(labels, durationToSeconds);
  const seconds = bounds.find((bound) => bound >= wantedSeconds) ?? bounds.at(-1);
  if (seconds === undefined) return null;
  const wanted = writeSeconds(wantedSeconds);
  if (seconds === wantedSeconds)
    return { seconds, reason: `${wanted} is the tier's p99, and the histogram has that bound.` };
  const side = seconds > wantedSeconds ? "the next bound above" : "the largest bound, below";
  return {
    seconds,
    reason: `The histogram has no bound at ${wanted}, the tier's p99: ${writeSeconds(seconds)} is ${side}.`,
  };
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Ages that people use; a day has two hours of grace. */
const AGES = [
  ...[5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 26, 50, 74].map((hours) => hours * HOUR),
  8 * 24 * HOUR,
];

function writeAge(seconds: number): string {
  if (seconds < HOUR) return `${Math.round(seconds / MINUTE)} min`;
  return seconds <= 72 * HOUR ? `${Math.round(seconds / HOUR)} h` : `${Math.round(seconds / (24 * HOUR))} d`;
}

/** The age that the newest success may have, from how far apart successes are; null when it succeeds too seldom. */
export function chooseMaxAge(secondsBetween: number): Chosen | null {
  const seconds = AGES.find((age) => age >= secondsBetween * 1.05);
  if (seconds === undefined) return null;
  const reason = `It succeeds every ${writeAge(secondsBetween)}: older than ${writeAge(seconds)} means that a run was missed.`;
  return { seconds, reason };
}
