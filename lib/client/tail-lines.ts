import type { TailMessage } from "#lib/contracts/log-routes.ts";
import type { LogLine } from "#lib/contracts/logs.ts";

/** As many lines as are kept of a tail; older ones are let go, which is said. */
export const MAX_TAIL_LINES = 10_000;
const RATE_SPAN_MS = 10_000;

/** What a tail has told so far. */
export interface TailLines {
  /** Newest first. */
  lines: readonly LogLine[];
  /** While paused: those that came since, oldest first; they are shown on going on. */
  waiting: readonly LogLine[];
  paused: boolean;
  letGo: number;
  droppedBySource: number;
  droppedHere: number;
  /** How many came when, of the last ten seconds. */
  arrivals: readonly { atMs: number; lines: number }[];
  /** When the first came, of the present connection. */
  sinceMs: number | null;
}

export const NO_TAIL_LINES: TailLines = {
  lines: [],
  waiting: [],
  paused: false,
  letGo: 0,
  droppedBySource: 0,
  droppedHere: 0,
  arrivals: [],
  sinceMs: null,
};

/** What a tail has told once another message came. */
export function hearTail(tail: TailLines, message: TailMessage, atMs: number): TailLines {
  if (message.topic === "open") return { ...tail, sinceMs: atMs, arrivals: [] };
  if (message.topic !== "lines") return tail;
  const heard = {
    ...tail,
    droppedBySource: tail.droppedBySource + message.droppedBySource,
    droppedHere: tail.droppedHere + message.droppedHere,
    arrivals: [...recent(tail, atMs), { atMs, lines: message.lines.length }],
  };
  if (!tail.paused) return show(heard, message.lines);
  const waiting = [...tail.waiting, ...message.lines];
  const over = Math.max(0, waiting.length - MAX_TAIL_LINES);
  return { ...heard, waiting: waiting.slice(over), letGo: heard.letGo + over };
}

/** Stands still, or goes on with what came meanwhile. */
export function pauseTail(tail: TailLines, paused: boolean): TailLines {
  return paused ? { ...tail, paused } : show({ ...tail, paused, waiting: [] }, tail.waiting);
}

/** Lines a second over the last ten, or since the connection opened. */
export function tailRate(tail: TailLines, nowMs: number): number {
  if (tail.sinceMs === null) return 0;
  const lines = recent(tail, nowMs).reduce((sum, arrival) => sum + arrival.lines, 0);
  return lines / (Math.min(RATE_SPAN_MS, Math.max(1_000, nowMs - tail.sinceMs)) / 1_000);
}

function show(tail: TailLines, added: readonly LogLine[]): TailLines {
  const lines = [...added.toReversed(), ...tail.lines];
  const over = Math.max(0, lines.length - MAX_TAIL_LINES);
  return { ...tail, lines: over > 0 ? lines.slice(0, MAX_TAIL_LINES) : lines, letGo: tail.letGo + over };
}

function recent({ arrivals }: TailLines, nowMs: number): TailLines["arrivals"] {
  return arrivals.filter(({ atMs }) => nowMs - atMs < RATE_SPAN_MS);
}
