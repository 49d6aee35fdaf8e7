import type { TailMessage } from "#lib/contracts/log-routes.ts";
import type { LogLine } from "#lib/contracts/logs.ts";
import { lineAddress } from "#lib/domain/logs/line-address.ts";

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
  /** How often the connection was lost and, as far as can be seen, not all that came meanwhile was told later. */
  breaks: number;
  /** After a loss: the newest line from before, in nanoseconds. A tail begins with what has been just before. */
  heldUntilNs: string | null;
  /** Whether none of the lines from before has been told again yet. */
  apart: boolean;
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
  breaks: 0,
  heldUntilNs: null,
  apart: false,
  arrivals: [],
  sinceMs: null,
};

/** What a tail has told once another message came. */
export function hearTail(tail: TailLines, message: TailMessage, atMs: number): TailLines {
  if (message.topic === "open") return { ...reopened(tail), sinceMs: atMs, arrivals: [] };
  if (message.topic !== "lines") return tail;
  const { joined, news } = join(tail, message.lines);
  const heard = {
    ...joined,
    droppedBySource: tail.droppedBySource + message.droppedBySource,
    droppedHere: tail.droppedHere + message.droppedHere,
    arrivals: [...recent(tail, atMs), { atMs, lines: news.length }],
  };
  if (!tail.paused) return show(heard, news);
  const waiting = [...tail.waiting, ...news];
  const over = Math.max(0, waiting.length - MAX_TAIL_LINES);
  return { ...heard, waiting: waiting.slice(over), letGo: heard.letGo + over };
}

/** Until a line from before is told again, some between may be missing. */
function reopened(tail: TailLines): TailLines {
  const newest = tail.waiting.at(-1) ?? tail.lines[0];
  if (!newest) return tail;
  return {
    ...tail,
    heldUntilNs: newest.timestampNs,
    apart: true,
    breaks: tail.breaks + (tail.apart ? 0 : 1),
  };
}

/** Of lines that came after a loss, those that are not here yet. */
function join(tail: TailLines, lines: readonly LogLine[]): { joined: TailLines; news: readonly LogLine[] } {
  const { heldUntilNs } = tail;
  if (heldUntilNs === null || lines.length === 0) return { joined: tail, news: lines };
  const until = BigInt(heldUntilNs);
  if (lines.every(({ timestampNs }) => BigInt(timestampNs) > until)) {
    return { joined: { ...tail, heldUntilNs: null, apart: false }, news: lines };
  }
  const held = new Set([...tail.waiting, ...tail.lines].map(lineAddress));
  const news = lines.filter((line) => !held.has(lineAddress(line)));
  const meets = tail.apart && news.length < lines.length;
  return { joined: meets ? { ...tail, apart: false, breaks: tail.breaks - 1 } : tail, news };
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
