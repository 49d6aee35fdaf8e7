/** A number with its labels at one moment; null where the source had NaN, ±Infinity or nothing. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number | null;
}

/** Adds up the numbers among `values`; null when there is none, for nothing is not zero. */
export function sumOf(values: readonly (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0);
}

/** Groups samples by a key; those without one (null) are left out. */
export function samplesBy<S extends Sample>(
  samples: readonly S[],
  keyOf: (labels: S["labels"]) => string | null | undefined,
): Map<string, S[]> {
  const groups = new Map<string, S[]>();
  for (const sample of samples) {
    const key = keyOf(sample.labels);
    if (!key) continue;
    const group = groups.get(key);
    if (group) group.push(sample);
    else groups.set(key, [sample]);
  }
  return groups;
}
