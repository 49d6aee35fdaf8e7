import type { VersionChange } from "#lib/domain/signals/build-info.ts";
import { exceeds } from "#lib/domain/signals/limits.ts";
import { sinceWords } from "#lib/domain/words/language.ts";

/** When a figure last went over its limit, and whether that was before the look-back began. */
export interface Onset {
  atMs: number;
  orEarlier: boolean;
}

/** Values on a grid. */
export interface Track {
  startSeconds: number;
  stepSeconds: number;
  values: readonly (number | null)[];
}

/** The first point of the unbroken run over `limit` that ends at the newest number; null when that is not over it. */
export function onsetOver({ startSeconds, stepSeconds, values }: Track, limit: number): Onset | null {
  const isOver = (value: number | null | undefined) => value != null && exceeds(value, limit);
  const newest = values.findLastIndex((value) => value !== null);
  if (!isOver(values[newest])) return null;
  let first = newest;
  while (first > 0 && isOver(values[first - 1])) first -= 1;
  return { atMs: (startSeconds + first * stepSeconds) * 1000, orEarlier: first === 0 };
}

const SUSPECT_MS = 6 * 3_600_000;
/** A range's step and the rate's window blur when trouble began. */
const BLUR_MS = 10 * 60_000;

/** The newest deploy of the last six hours that came before the trouble began. */
export function suspectDeploy(
  deploys: readonly VersionChange[],
  service: string,
  onset: Onset | null,
  nowMs: number,
): VersionChange | null {
  const beganMs = onset?.atMs ?? nowMs;
  const suspects = deploys.filter(
    (deploy) =>
      deploy.service === service && nowMs - deploy.atMs <= SUSPECT_MS && deploy.atMs <= beganMs + BLUR_MS,
  );
  return suspects.sort((a, b) => b.atMs - a.atMs)[0] ?? null;
}

/** "since 14:21 UTC", "for over 6 hours", or nothing where the beginning is not known. */
export function onsetWords(onset: Onset | null, nowMs: number): string {
  if (!onset) return "";
  if (!onset.orEarlier) return sinceWords(onset.atMs, nowMs);
  return `for over ${Math.round((nowMs - onset.atMs) / 3_600_000)} hours`;
}
