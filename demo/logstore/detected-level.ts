import type { Labels } from "./labels.ts";
import { readJson, readLogfmt } from "./logql/fields.ts";

const NAMES = ["level", "severity", "severity_text", "lvl", "loglevel", "log_level"];
const LEVELS: Record<string, string> = {
  trace: "trace",
  trc: "trace",
  debug: "debug",
  dbg: "debug",
  info: "info",
  inf: "info",
  information: "info",
  informational: "info",
  notice: "info",
  warn: "warn",
  wrn: "warn",
  warning: "warn",
  error: "error",
  err: "error",
  critical: "critical",
  crit: "critical",
  fatal: "fatal",
};

/**
 * The level that Loki adds to every line it is sent: from metadata, stream labels or the line's own fields, by
 * their usual names; "unknown" when nothing says it.
 */
export function detectLevel(line: string, metadata: Labels, streamLabels: Labels): string {
  return levelIn(metadata) ?? levelIn(streamLabels) ?? levelIn(fieldsOf(line)) ?? "unknown";
}

function fieldsOf(line: string): Labels {
  const read = line.trimStart().startsWith("{") ? readJson(line) : readLogfmt(line);
  return new Map(read.ok ? read.fields : []);
}

function levelIn(labels: Labels): string | undefined {
  for (const [name, value] of labels) {
    const level = NAMES.includes(name.toLowerCase()) ? LEVELS[value.toLowerCase()] : undefined;
    if (level !== undefined) return level;
  }
  return undefined;
}
