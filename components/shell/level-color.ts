import { statusOfLevel, type Level } from "#lib/domain/status/status.ts";
import { statusColor } from "./status.tsx";

/** The text colour class of a figure by its level. A good figure keeps the colour of the text around it. */
export function levelColor(level: Level): string {
  return level === "OK" ? "" : statusColor(statusOfLevel(level));
}
