/** A measured figure; null, NaN and ±Infinity all mean that there is none. */
export type Figure = number | null | undefined;

/** What stands where a number would, when there is none. */
export const NO_FIGURE = "—";

const isNumber = (value: Figure): value is number => typeof value === "number" && Number.isFinite(value);

/** Rounds to three significant figures: 1234 → 1230, 0.0123456 → 0.0123. */
export function roundFigure(value: number): number {
  return Number(value.toPrecision(3));
}

function plain(value: number): string {
  const rounded = roundFigure(value);
  const [whole = "0", fraction] = rounded
    .toFixed(10)
    .replace(/\.?0+$/, "")
    .split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

interface Scale {
  /** The scale serves values below this, in base units. */
  below: number;
  /** How many base units one shown unit holds. */
  size: number;
  suffix: string;
}

function scaled(value: Figure, scales: readonly Scale[]): string {
  if (!isNumber(value)) return NO_FIGURE;
  const rounded = roundFigure(value);
  const scale = scales.find(({ below }) => Math.abs(rounded) < below) ?? scales.at(-1);
  return scale ? `${plain(value / scale.size)}${scale.suffix}` : NO_FIGURE;
}

const SHORT_TIMES: readonly Scale[] = [
  { below: 1, size: 0.001, suffix: " ms" },
  { below: 120, size: 1, suffix: " s" },
];
const LONG_TIMES: readonly Scale[] = [
  { below: 120 * 60, size: 60, suffix: " min" },
  { below: 48 * 3600, size: 3600, suffix: " h" },
  { below: Infinity, size: 86_400, suffix: " d" },
];

/** Writes a time span given in seconds: "412 ms", "1.41 s", "21 min", "19 h", "6 d". */
export function writeSeconds(seconds: Figure): string {
  if (!isNumber(seconds) || seconds === 0) return seconds === 0 ? "0 s" : NO_FIGURE;
  if (Math.abs(roundFigure(seconds)) < 120) return scaled(seconds, SHORT_TIMES);
  const scale = LONG_TIMES.find(({ below }) => Math.abs(seconds) < below) ?? LONG_TIMES[2]!;
  const amount = seconds / scale.size;
  // One decimal says enough below ten; above, a whole number does.
  const rounded = Math.abs(amount) < 10 ? Math.round(amount * 10) / 10 : Math.round(amount);
  return `${plain(rounded)}${scale.suffix}`;
}

/** Writes a number of days as {@link writeSeconds} does: 6 → "6 d", 0.5 → "12 h". */
export function writeDays(days: Figure): string {
  return writeSeconds(isNumber(days) ? days * 86_400 : null);
}

/** Writes a ratio as a percentage: 0.0231 → "2.31 %". What is not whole never reads as 100 %. */
export function writeRatio(ratio: Figure): string {
  if (!isNumber(ratio)) return NO_FIGURE;
  const percent = ratio * 100;
  if (percent > 0 && percent < 0.001) return "<0.001 %";
  if (percent < 100 && roundFigure(percent) >= 100) return "99.9 %";
  return `${plain(percent)} %`;
}

const amounts = (unit: string): readonly Scale[] => [
  { below: 1e3, size: 1, suffix: unit },
  { below: 1e6, size: 1e3, suffix: `k${unit}` },
  { below: 1e9, size: 1e6, suffix: `M${unit}` },
  { below: Infinity, size: 1e9, suffix: `G${unit}` },
];
const RATES = amounts("/s");
const COUNTS = amounts("");
const byteScales = (unit: string): readonly Scale[] =>
  ["B", "kB", "MB", "GB", "TB", "PB"].map((name, index) => ({
    below: index === 5 ? Infinity : 1000 ** (index + 1),
    size: 1000 ** index,
    suffix: ` ${name}${unit}`,
  }));
const BYTES = byteScales("");
const BYTE_RATES = byteScales("/s");

/** Writes events per second: "186/s", "1.24k/s". */
export function writePerSecond(rate: Figure): string {
  return scaled(rate, RATES);
}

/** Writes bytes in decimal units: 18.2e9 → "18.2 GB". */
export function writeBytes(bytes: Figure): string {
  return scaled(bytes, BYTES);
}

/** Writes bytes per second in decimal units: "26.5 MB/s". */
export function writeBytesPerSecond(rate: Figure): string {
  return scaled(rate, BYTE_RATES);
}

/** Writes a count: whole numbers under 10,000 exactly ("1,204"), others to three figures ("12.3k"). */
export function writeCount(count: Figure): string {
  if (isNumber(count) && Number.isInteger(count) && Math.abs(count) < 10_000)
    return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
  return scaled(count, COUNTS);
}

/** Writes CPU cores: "1 core", "0.42 cores". */
export function writeCores(cores: Figure): string {
  if (!isNumber(cores)) return NO_FIGURE;
  return `${plain(cores)} ${roundFigure(cores) === 1 ? "core" : "cores"}`;
}

/** Writes degrees Celsius: "61 °C". */
export function writeCelsius(degrees: Figure): string {
  return isNumber(degrees) ? `${plain(degrees)} °C` : NO_FIGURE;
}

/** Writes how many times a figure is another: 2.2 → "2.2x". */
export function writeTimes(factor: Figure): string {
  return isNumber(factor) ? `${plain(factor)}x` : NO_FIGURE;
}
