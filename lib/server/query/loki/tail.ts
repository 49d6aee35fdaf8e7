import "server-only";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import type { LogLine } from "#lib/contracts/logs.ts";
import type { SourceSettings } from "#lib/server/env.ts";
import { credentials } from "../http.ts";
import { readText } from "../read-text.ts";
import { sourceLabel, UpstreamError } from "../upstream-error.ts";
import { lokiFailure } from "./failure.ts";
import { mergeStreams } from "./lines.ts";
import { TailFrame } from "./schema.ts";

const CONNECT_TIMEOUT_MS = 5_000;
/** Loki pings every second: one that is silent for so long is gone. */
const SILENCE_MS = 15_000;
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
const MAX_REFUSAL_BYTES = 4_096;
const HISTORY_LINES = 100;
const HISTORY_NS = 60_000_000_000n;

/** What follows a tail. */
export interface TailListener {
  /** New lines, oldest first, and how many Loki could not hold. */
  onLines: (lines: LogLine[], dropped: number) => void;
  /** The source ended it, in its words; nothing comes after. */
  onEnd: (detail: string) => void;
}

/**
 * Follows a log query at its source from a minute ago on, until `signal` aborts; resolves once the source does so.
 * `expr` must be kept to what its reader may see already.
 * @throws UpstreamError in Loki's words for what it refuses
 */
export async function openTail(
  source: SourceSettings,
  { expr, nowMs }: { expr: string; nowMs: number },
  { onLines, onEnd }: TailListener,
  signal: AbortSignal,
): Promise<void> {
  const socket = connect(source, expr, nowMs);
  const close = () => socket.terminate();
  signal.addEventListener("abort", close, { once: true });
  let silence: NodeJS.Timeout | undefined;
  const listenOn = () => {
    clearTimeout(silence);
    silence = setTimeout(() => socket.terminate(), SILENCE_MS);
  };
  let why = `${sourceLabel(source)} closed the tail`;
  socket.on("ping", listenOn);
  socket.on("message", (data: Buffer) => {
    listenOn();
    const frame = readFrame(data);
    if (frame) return onLines(frame.lines, frame.dropped);
    why = `${sourceLabel(source)} sent a message of an unknown shape`;
    socket.terminate();
  });
  await opened(socket, source);
  listenOn();
  socket.on("error", (error) => (why = `${sourceLabel(source)}: ${error.message}`));
  socket.on("close", (_code, reason) => {
    clearTimeout(silence);
    signal.removeEventListener("abort", close);
    if (!signal.aborted) onEnd(reason.length > 0 ? `${why}: ${reason.toString("utf8")}` : why);
  });
  if (signal.aborted) close();
}

function connect(source: SourceSettings, expr: string, nowMs: number): WebSocket {
  const params = new URLSearchParams({
    query: expr,
    limit: String(HISTORY_LINES),
    start: String(BigInt(nowMs) * 1_000_000n - HISTORY_NS),
  });
  const address = `${source.url.replace(/^http/, "ws")}/loki/api/v1/tail?${params.toString()}`;
  return new WebSocket(address, {
    headers: {
      "user-agent": "burnline",
      "x-loki-response-encoding-flags": "categorize-labels",
      ...credentials(source),
    },
    handshakeTimeout: CONNECT_TIMEOUT_MS,
    maxPayload: MAX_FRAME_BYTES,
    followRedirects: false,
    perMessageDeflate: false,
    ...(source.caFile === undefined ? {} : { ca: readFileSync(source.caFile) }),
  });
}

function opened(socket: WebSocket, source: SourceSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", (error) => {
      const detail = `${sourceLabel(source)}: ${error.message}`;
      reject(new UpstreamError("down", "upstream_unavailable", detail, error));
    });
    socket.once("unexpected-response", (request, response) => {
      void refusal(source, response).then((error) => {
        request.destroy();
        reject(error);
      });
    });
  });
}

/** An answer that is no upgrade, judged as any other of Loki's. */
async function refusal(source: SourceSettings, response: IncomingMessage): Promise<UpstreamError> {
  const text = await readText(response, MAX_REFUSAL_BYTES).catch(() => "");
  return lokiFailure(source, {
    status: response.statusCode ?? 0,
    contentType: String(response.headers["content-type"] ?? ""),
    body: Buffer.from(text),
    text,
    durationMs: 0,
  });
}

function readFrame(data: Buffer): { lines: LogLine[]; dropped: number } | null {
  let json: unknown;
  try {
    json = JSON.parse(data.toString("utf8"));
  } catch {
    return null;
  }
  const parsed = TailFrame.safeParse(json);
  if (!parsed.success) return null;
  const { streams, dropped_entries } = parsed.data;
  const { lines } = mergeStreams(streams, Infinity, "forward");
  return { lines: lines.reverse(), dropped: dropped_entries.length };
}
