import { z } from "zod";
import { LOG_LEVELS } from "#lib/domain/logs/levels.ts";

/** One log line; `fields` are what the store parsed or kept beside the line (structured metadata). */
export const LogLine = z.object({
  /** Nanoseconds since 1970 as a decimal string: a number would lose the last digits. */
  timestampNs: z.string().regex(/^\d+$/),
  line: z.string(),
  labels: z.record(z.string(), z.string()),
  fields: z.record(z.string(), z.string()),
  level: z.enum(LOG_LEVELS),
});
export type LogLine = z.infer<typeof LogLine>;

/** Newest first. `limitReached` says that there are more lines than asked for. */
export const LogLines = z.object({ lines: z.array(LogLine), limitReached: z.boolean() });
export type LogLines = z.infer<typeof LogLines>;
