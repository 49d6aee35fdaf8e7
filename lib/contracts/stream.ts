import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";

/** The number of a fact as text: it outgrows JavaScript's. */
const seq = z.string().regex(/^\d{1,19}$/);

/**
 * One message of the stream. It says that something is new, never what: whoever hears it asks, and is answered as far
 * as they may see.
 */
export const StreamMessage = z.discriminatedUnion("topic", [
  /** First of all, and again whenever messages may have been lost: the newest fact there is. */
  z.object({ topic: z.literal("hello"), head: seq }),
  z.object({ topic: z.literal("timeline"), incidentId: z.string(), seq }),
  /** Every 15 seconds, so that a dead connection is noticed. */
  z.object({ topic: z.literal("alive") }),
]);
export type StreamMessage = z.infer<typeof StreamMessage>;

export const STREAM_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/stream",
    access: "incidents:read",
    summary: "Server-sent events: which timelines have something new, as it is committed",
    input: z.strictObject({}),
    output: StreamMessage,
    contentType: "text/event-stream",
  },
];
