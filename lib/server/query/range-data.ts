import "server-only";
import type { RangeData } from "./types.ts";

/** Unix ms of the newest grid point at which any series has a number; null when none has. */
export function newestPointMs(data: RangeData): number | null {
  const newest = Math.max(-1, ...data.series.map(({ values }) => values.findLastIndex((v) => v !== null)));
  return newest < 0 ? null : (data.startSeconds + newest * data.stepSeconds) * 1000;
}
