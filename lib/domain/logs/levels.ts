/** The levels a line may have, worst first; "unknown" when nothing says it. */
export const LOG_LEVELS = ["critical", "error", "warn", "info", "debug", "trace", "unknown"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The words that Loki writes into `detected_level` for each of them. */
const DETECTED: Record<LogLevel, readonly string[]> = {
  critical: ["critical", "fatal"],
  error: ["error"],
  warn: ["warn"],
  info: ["info"],
  debug: ["debug"],
  trace: ["trace"],
  unknown: ["unknown"],
};

/** The words of `detected_level` that stand for these levels. */
export function detectedWords(levels: readonly LogLevel[]): string[] {
  return LOG_LEVELS.filter((level) => levels.includes(level)).flatMap((level) => DETECTED[level]);
}

/** The levels that words of `detected_level` stand for; null when one of them is none of Loki's. */
export function levelsOfWords(words: readonly string[]): LogLevel[] | null {
  const levels = LOG_LEVELS.filter((level) => DETECTED[level].some((word) => words.includes(word)));
  return words.every((word) => LOG_LEVELS.some((level) => DETECTED[level].includes(word))) ? levels : null;
}
