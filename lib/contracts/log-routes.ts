import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";
import { LogLine, LogLines } from "./logs.ts";
import { measured } from "./measured.ts";

const query = z.string().trim().min(1).max(10_000);
/** A time in nanoseconds since 1970, as Loki writes it. */
const nanoseconds = z.string().regex(/^\d{1,19}$/, "must be a time in nanoseconds since 1970");

/** A span of one query; `end` is exclusive. */
export const ReadLines = z.strictObject({
  query,
  start: nanoseconds,
  end: nanoseconds,
  limit: z.coerce.number().int().min(1).max(4_999).default(100),
  /** The end of the span whose lines are kept: `backward` the newest, `forward` the oldest. */
  direction: z.enum(["backward", "forward"]).default("backward"),
});
export type ReadLines = z.infer<typeof ReadLines>;
export const LogLinesAnswer = measured(LogLines);

export const ListLogLabel = z.strictObject({
  label: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,127}$/, "is not a label name"),
});
export const LogLabelValues = measured(z.object({ values: z.array(z.string()) }));

/** What a log query's lines are made of, within a span of Unix milliseconds. */
export const InspectLines = z.strictObject({
  query,
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
});
export type InspectLines = z.infer<typeof InspectLines>;

/** `available` is false where the source has no such address, or has it switched off. */
export const LogPatterns = z.object({
  available: z.boolean(),
  patterns: z.array(z.object({ pattern: z.string(), lines: z.number() })),
});
export type LogPatterns = z.infer<typeof LogPatterns>;
export const LogPatternsAnswer = measured(LogPatterns);

export const LogFields = z.object({
  available: z.boolean(),
  fields: z.array(
    z.object({
      name: z.string(),
      /** Distinct values, an estimate. */
      values: z.number(),
      type: z.string(),
      /** The parsers that find it; none for metadata. */
      parsers: z.array(z.string()),
    }),
  ),
});
export type LogFields = z.infer<typeof LogFields>;
export const LogFieldsAnswer = measured(LogFields);

export const TailLines = z.strictObject({ query });

/** One message of a tail. */
export const TailMessage = z.discriminatedUnion("topic", [
  /** New lines, oldest first, with how many were left out since the last message: at the source, and here. */
  z.object({
    topic: z.literal("lines"),
    lines: z.array(LogLine),
    droppedBySource: z.int(),
    droppedHere: z.int(),
  }),
  /** The source follows the query from now on. */
  z.object({ topic: z.literal("open") }),
  /** Every 15 seconds, so that a dead connection is noticed. */
  z.object({ topic: z.literal("alive") }),
  /** The last one: why the source ended it. */
  z.object({ topic: z.literal("ended"), detail: z.string() }),
]);
export type TailMessage = z.infer<typeof TailMessage>;

/** The addresses of logs. */
export const LOG_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/logs/lines",
    access: "queries:run",
    summary: "Lines of a LogQL query within a span of nanoseconds, newest first",
    input: ReadLines,
    output: LogLinesAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/logs/labels",
    access: "queries:run",
    summary: "The values that a label of log streams has had over the last day",
    input: ListLogLabel,
    output: LogLabelValues,
  },
  {
    method: "GET",
    path: "/api/v1/logs/fields",
    access: "queries:run",
    summary: "The fields that the source detects in a query's lines, where it can",
    input: InspectLines,
    output: LogFieldsAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/logs/patterns",
    access: "queries:run",
    summary: "The patterns that the source finds in a query's lines, where it can",
    input: InspectLines,
    output: LogPatternsAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/logs/tail",
    access: "queries:run",
    summary: "Server-sent events: a query's lines as they arrive, with what was left out",
    input: TailLines,
    output: TailMessage,
    contentType: "text/event-stream",
  },
];
