const NS_PER_UNIT: Record<string, number> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
  w: 7 * 86_400e9,
  y: 365 * 86_400e9,
};

/** "1h30m", "200ms", "-1.5s" in nanoseconds; null when it is no duration. */
export function parseDurationNs(text: string): number | null {
  const [, sign, body = ""] = /^([-+]?)(.+)$/.exec(text) ?? [];
  let total = 0;
  let matched = 0;
  for (const [whole, amount, unit] of body.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h|d|w|y)/gy)) {
    total += Number(amount) * (NS_PER_UNIT[unit ?? ""] ?? Number.NaN);
    matched += whole.length;
  }
  if (matched === 0 || matched !== body.length) return null;
  return Math.round(sign === "-" ? -total : total);
}

const BYTES_PER_UNIT: Record<string, number> = {
  "": 1,
  b: 1,
  ...powers(["k", "m", "g", "t", "p"], "b", 1000),
  ...powers(["k", "m", "g", "t", "p"], "", 1000),
  ...powers(["ki", "mi", "gi", "ti", "pi"], "b", 1024),
  ...powers(["ki", "mi", "gi", "ti", "pi"], "", 1024),
};

function powers(prefixes: string[], suffix: string, base: number): Record<string, number> {
  return Object.fromEntries(prefixes.map((prefix, i) => [prefix + suffix, base ** (i + 1)]));
}

/** "5KB" is 5,000 and "5KiB" 5,120; null when it is no size. */
export function parseBytes(text: string): number | null {
  const [, amount, unit = ""] = /^(\d+\.?\d*)\s*([a-z]*)$/i.exec(text) ?? [];
  const factor = BYTES_PER_UNIT[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? null : Math.floor(Number(amount) * factor);
}

/** A plain decimal number, or null. */
export function parseNumber(text: string): number | null {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** As Loki writes sample values: shortest digits, never an exponent, "NaN" and "+Inf" by name. */
export function formatSample(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  const [, sign = "", whole = "", fraction = "", exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(String(value)) ?? [];
  if (exponent === undefined) return String(value);
  const shift = Number(exponent);
  const digits = whole + fraction;
  if (shift < 0) return `${sign}0.${"0".repeat(-shift - 1)}${digits}`;
  return `${sign}${digits}${"0".repeat(shift - fraction.length)}`;
}

/** "3h20m0s": the form of durations in Loki's error texts. */
export function formatDuration(ns: bigint): string {
  const seconds = Number(ns) / 1e9;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = `${Number((seconds % 60).toFixed(9))}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
