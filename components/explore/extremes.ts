/** A sample as Prometheus and Loki write it, `+Inf` and `-Inf` among them; null for NaN. */
export function numberOf(text: string): number | null {
  const value = Number(text.replace("Inf", "Infinity"));
  return Number.isNaN(value) ? null : value;
}

/** The lowest and the highest of some samples, NaN aside; null where there is no number. */
export function extremesOf(texts: readonly string[]): { min: number | null; max: number | null } {
  let min: number | null = null;
  let max: number | null = null;
  for (const value of texts.map(numberOf)) {
    if (value === null) continue;
    min = min === null || value < min ? value : min;
    max = max === null || value > max ? value : max;
  }
  return { min, max };
}

/** A number as the sources write it; NaN for none. */
export function writeSample(value: number | null): string {
  return value === null ? "NaN" : String(value).replace(/^(-?)Infinity$/, (_, sign) => `${sign || "+"}Inf`);
}
