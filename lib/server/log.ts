import "server-only";
import { type DestinationStream, type Level, type Logger, pino } from "pino";
import { settings } from "./env.ts";
import { redactLine } from "./log-redaction.ts";
import { singleton } from "./singleton.ts";

/** A log of JSON lines, none of which holds a secret; written to standard output unless told otherwise. */
export function createLog(level: Level, destination: DestinationStream = pino.destination(1)): Logger {
  return pino({ level, base: undefined, hooks: { streamWrite: redactLine } }, destination);
}

/** The process log. */
export function log(): Logger {
  return singleton("log", () => createLog(settings().logLevel));
}
