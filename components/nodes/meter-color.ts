import { statusOfLevel, type Level } from "#lib/domain/status/status.ts";

/** The CSS colour of a bar by its level. */
export function meterColor(level: Level): string {
  return `var(--${statusOfLevel(level).replace("_", "-")})`;
}
