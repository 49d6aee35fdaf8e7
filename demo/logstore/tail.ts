import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { groupByStream } from "./log-answer.ts";
import type { Listener, LogStore } from "./log-store.ts";
import { compileLogExpression, type LogExpression } from "./logql/metric-expression.ts";
import { matches } from "./logql/selector.ts";
import { parseLogql } from "./logql/syntax.ts";
import { LokiError } from "./loki-error.ts";
import { parseLimit, parseTimeNs } from "./parameters.ts";
import type { ReadRequest } from "./read-api.ts";
import { run, scan, type Hit } from "./scan.ts";

const PING_MS = 1_000;
const MAX_DELAY_SECONDS = 5;
/** Lines a slow reader may be behind; what comes on top is reported as dropped. */
const MAX_WAITING = 1_000;
const CLOSE_INTERNAL_ERROR = 1011;

/** Upgrades to the tail websocket. Throws LokiError before the upgrade for what can be refused by then. */
export function tail(
  server: WebSocketServer,
  store: LogStore,
  request: ReadRequest,
  upgrade: { message: IncomingMessage; socket: Duplex; head: Buffer },
): void {
  const syntax = parseLogql(request.params.get("query") ?? "");
  const delaySeconds = Number(request.params.get("delay_for") ?? 0);
  if (!(delaySeconds <= MAX_DELAY_SECONDS)) throw new LokiError(400, "delay_for can't be greater than 5");
  parseLimit(request.params);
  const isLog = syntax.node.name === "LogExpr";
  const expression = isLog ? compileLogExpression(syntax) : null;
  server.handleUpgrade(upgrade.message, upgrade.socket, upgrade.head, (socket) => {
    if (!expression) socket.close(CLOSE_INTERNAL_ERROR, "only log selector is supported");
    else void follow(socket, store, expression, request, delaySeconds);
  });
}

async function follow(
  socket: WebSocket,
  store: LogStore,
  expression: LogExpression,
  request: ReadRequest,
  delaySeconds: number,
): Promise<void> {
  const waiting: Hit[] = [];
  const dropped: { labels: Record<string, string>; timestamp: string }[] = [];
  const listener: Listener = (stream, entry) => {
    if (!matches(expression.selector, stream.labels)) return;
    const hit = run(expression, stream, entry);
    if (!hit) return;
    if (waiting.length < MAX_WAITING) waiting.push(hit);
    else if (dropped.length < MAX_WAITING) {
      dropped.push({ labels: Object.fromEntries(stream.labels), timestamp: String(entry.timestampNs) });
    }
  };
  store.listeners.add(listener);
  const ping = setInterval(() => socket.ping(), PING_MS);
  const flush = setInterval(
    () => {
      if (waiting.length === 0 || socket.bufferedAmount > 0) return;
      send(socket, waiting.splice(0), request.categorize, dropped.splice(0));
    },
    Math.max(delaySeconds * 1_000, 200),
  );
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    store.listeners.delete(listener);
    clearInterval(ping);
    clearInterval(flush);
  });
  const past = await history(store, expression, request).catch(() => null);
  if (past === null) socket.close(CLOSE_INTERNAL_ERROR, "the history could not be read");
  else if (past.length > 0) send(socket, past, request.categorize, []);
}

/** The newest lines since `start`, oldest first; none without it. */
async function history(store: LogStore, expression: LogExpression, request: ReadRequest): Promise<Hit[]> {
  const start = request.params.get("start");
  if (!start) return [];
  const span = { startNs: parseTimeNs(start), endNs: request.nowNs };
  const hits: Hit[] = [];
  for await (const hit of scan(store, expression, span, request.patience)) hits.push(hit);
  hits.sort((a, b) => (a.timestampNs < b.timestampNs ? -1 : 1));
  return hits.slice(-parseLimit(request.params));
}

/** A frame holds one stream per line, as Loki's do. */
function send(socket: WebSocket, hits: Hit[], categorize: boolean, dropped: object[]): void {
  const frame = {
    streams: hits.flatMap((hit) => groupByStream([hit], categorize)),
    ...(dropped.length > 0 && { dropped_entries: dropped }),
    ...(categorize && { encodingFlags: ["categorize-labels"] }),
  };
  socket.send(JSON.stringify(frame));
}
