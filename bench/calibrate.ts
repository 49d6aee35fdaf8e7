import { performance } from "node:perf_hooks";

/**
 * Milliseconds this machine needs for a fixed piece of arithmetic (median of 5). Printed beside every
 * absolute figure, so that figures of different machines and hours can be set side by side.
 */
export function calibrationMs(): number {
  const rounds = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    let state = 1;
    for (let i = 0; i < 20_000_000; i += 1) state = (Math.imul(state, 48_271) + i) | 0;
    const elapsed = performance.now() - startedAt;
    return state === 0 ? elapsed + 1 : elapsed;
  });
  return median(rounds);
}

/** The middle value; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
