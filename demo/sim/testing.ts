import type { Checkpoints } from "./timeline.ts";

/** For tests that count everything up from the beginning. */
export const noCheckpoints = (): Checkpoints => ({ before: () => null, save: () => undefined });

/** Checkpoints in memory, the same for every simulation that is given the result. */
export function keptCheckpoints(): () => Checkpoints {
  const kept: { tMs: number; sums: Float64Array }[] = [];
  return () => ({
    before: (tMs) => kept.findLast((one) => one.tMs <= tMs) ?? null,
    save: (tMs, sums) => {
      if (tMs > (kept.at(-1)?.tMs ?? 0)) kept.push({ tMs, sums: sums.slice() });
    },
  });
}
