/** Ratios are kept to nine decimals: 99.9999999 % is finer than any target the field uses. */
const RATIO_SCALE = 1e9;
const DIGITS = 12;

/**
 * The same number without the noise of binary floating point: rounded to 12 significant digits, which is
 * finer than any figure we measure (0.1 + 0.2 → 0.3). Whole numbers, NaN and ±Infinity stay what they are.
 */
export function decimal(value: number): number {
  // Adding 0 makes -0 a plain 0.
  return Number.isSafeInteger(value) ? value + 0 : Number(value.toPrecision(DIGITS));
}

/**
 * 1 - ratio, computed on integers so that no noise arises: 0.999 → 0.001, not 0.0010000000000000009.
 * The error budget B of a target T, both as ratios.
 */
export function complement(ratio: number): number {
  return (RATIO_SCALE - Math.round(ratio * RATIO_SCALE)) / RATIO_SCALE;
}

/** A sum or ratio as it stands in a worked formula: whole numbers exactly, others to eight digits or more. */
export function writeWorked(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const whole = Math.floor(Math.log10(Math.max(1, Math.abs(value)))) + 1;
  return writeDecimal(Number(value.toPrecision(Math.max(8, whole + 2))));
}

/** Percent to ratio: 99.9 → 0.999, not 0.9990000000000001. */
export function ratioOfPercent(percent: number): number {
  return decimal(percent / 100);
}

/** Ratio to percent: 0.9995 → 99.95. */
export function percentOfRatio(ratio: number): number {
  return decimal(ratio * 100);
}

/** How a number is written into rules, queries and pages: plain digits, no noise, no exponent (1e-7 → "0.0000001"). */
export function writeDecimal(value: number): string {
  const tidy = decimal(value);
  const text = String(tidy);
  if (!text.includes("e-")) return text;
  const decimals = Math.min(100, DIGITS - Math.floor(Math.log10(Math.abs(tidy))));
  return tidy.toFixed(decimals).replace(/0+$/, "");
}

/** A ratio as an exact percentage, as targets are written: 0.9995 → "99.95 %". Measured figures are rounded elsewhere. */
export function writePercent(ratio: number): string {
  return `${writeDecimal(percentOfRatio(ratio))} %`;
}
