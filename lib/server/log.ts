import "server-only";
import { pino, type Logger } from "pino";
import { settings } from "./env.ts";
import { singleton } from "./singleton.ts";

/** The process log: JSON lines on standard output, secrets redacted by path. */
export function log(): Logger {
  return singleton("log", () =>
    pino({
      level: settings().logLevel,
      base: undefined,
      redact: [
        "*.bearerToken",
        "*.basicAuth",
        "*.password",
        "*.databaseUrl",
        "headers.authorization",
        "headers.cookie",
      ],
    }),
  );
}
