import type { LogLevel } from "#lib/domain/logs/levels.ts";
import type { Status } from "#lib/domain/status/status.ts";

/** The status whose shape and colour a level has; quieter levels have none. */
export const STATUS_OF_LEVEL: Partial<Record<LogLevel, Status>> = {
  critical: "exhausted",
  error: "critical",
  warn: "warning",
  info: "attention",
};

const QUIET: Partial<Record<LogLevel, string>> = { debug: "var(--line-strong)", trace: "var(--line)" };

/** The CSS colour of a level in a picture. */
export function levelFill(level: string): string {
  const status = STATUS_OF_LEVEL[level as LogLevel];
  return status ? `var(--${status})` : (QUIET[level as LogLevel] ?? "var(--no-data)");
}
