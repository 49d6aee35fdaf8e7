/** The lowest point of a line; null when it has none. */
export function lowestOf(line: {
  timesMs: readonly number[];
  budgetRemainingRatio: readonly (number | null)[];
}): { atMs: number; value: number } | null {
  let lowest: { atMs: number; value: number } | null = null;
  line.budgetRemainingRatio.forEach((value, at) => {
    const atMs = line.timesMs[at];
    if (value === null || atMs === undefined) return;
    if (lowest === null || value < lowest.value) lowest = { atMs, value };
  });
  return lowest;
}
