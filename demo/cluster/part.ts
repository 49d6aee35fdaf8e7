import { z } from "zod";

/** A line on a part's standard output: how our own processes say where they are. */
export const PartEvent = z.union([
  z.object({ event: z.literal("listening"), port: z.int() }),
  z.object({ event: z.literal("history"), doneRatio: z.number().min(0).max(1) }),
  z.object({ event: z.literal("ready") }),
]);
export type PartEvent = z.infer<typeof PartEvent>;

/** One process of the demo, as data: what to run and how to know that it is usable. */
export interface Part {
  name: string;
  command: string;
  args: string[];
  env: Readonly<Record<string, string | undefined>>;
  /** An address that answers 200 when the part is usable, or the event `ready` on its standard output. */
  ready: { url: string } | "event";
  readyTimeoutMs: number;
  /** Whether an unexpected end is answered by a new start. */
  restarts: boolean;
  /** How long it may take to end by itself before it is ended. */
  stopGraceMs: number;
}

/** The event a line carries, or null for an ordinary line of log. */
export function parseEvent(line: string): PartEvent | null {
  if (!line.startsWith('{"event":')) return null;
  try {
    return PartEvent.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
