import "server-only";
import type { LogLine } from "#lib/contracts/logs.ts";

type Level = LogLine["level"];

const LEVEL_OF_WORD: Readonly<Record<string, Level>> = {
  emerg: "critical",
  emergency: "critical",
  alert: "critical",
  critical: "critical",
  crit: "critical",
  fatal: "critical",
  panic: "critical",
  error: "error",
  err: "error",
  eror: "error",
  warn: "warn",
  warning: "warn",
  wrn: "warn",
  notice: "info",
  info: "info",
  inf: "info",
  information: "info",
  informational: "info",
  debug: "debug",
  dbg: "debug",
  trace: "trace",
  trc: "trace",
};
const NAMES = ["detected_level", "level", "level_extracted", "severity", "severity_text", "lvl"];
/** Lines are searched no further than this: a level stands near the start. */
const SEARCHED_LENGTH = 500;
const IN_FIELD = /"?\b(?:level|severity|lvl)"?\s*[=:]\s*"?([a-zA-Z]+)/i;
const AS_WORD =
  /(?:^|[\s[(<])(EMERG|FATAL|CRITICAL|PANIC|ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE)(?=[\s\]):>]|$)/;

/** A line's level: what the store found, else its fields and labels, else the words of the line. */
export function levelOf(
  fields: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
  line: string,
): Level {
  for (const name of NAMES) {
    const level = levelOfWord(fields[name]) ?? levelOfWord(labels[name]);
    if (level) return level;
  }
  const start = line.slice(0, SEARCHED_LENGTH);
  return levelOfWord(IN_FIELD.exec(start)?.[1]) ?? levelOfWord(AS_WORD.exec(start)?.[1]) ?? "unknown";
}

function levelOfWord(word: string | undefined): Level | undefined {
  const key = word?.toLowerCase() ?? "";
  return Object.hasOwn(LEVEL_OF_WORD, key) ? LEVEL_OF_WORD[key] : undefined;
}
