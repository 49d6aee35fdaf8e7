import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { WebSocketServer } from "ws";
import type { LogStore } from "./log-store.ts";
import { LokiError, unsupported } from "./loki-error.ts";
import { push } from "./push.ts";
import { labels, query, queryRange, series, type ReadRequest } from "./read-api.ts";
import { tail } from "./tail.ts";

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const QUERY_TIMEOUT_MS = 10_000;
const API = "/loki/api/v1";
const READ_METHODS = ["GET", "POST"];
const NOT_FOUND = new LokiError(404, "404 page not found\n");
const JSON_TYPE = "application/json; charset=UTF-8";
const TEXT_TYPE = "text/plain; charset=utf-8";
/** What a client may ask to learn whom it speaks to. */
const BUILD_INFO = {
  version: "0.1.0-demo",
  revision: "",
  branch: "",
  buildUser: "",
  buildDate: "",
  goVersion: "",
};

type Read = (store: LogStore, request: ReadRequest) => object | Promise<object>;
const READS: Record<string, Read> = {
  [`${API}/labels`]: (store, request) => labels(store, request, null),
  [`${API}/label`]: (store, request) => labels(store, request, null),
  [`${API}/series`]: series,
  [`${API}/query`]: query,
  [`${API}/query_range`]: queryRange,
};
/** Parts of Loki's API that exist there and not here. */
const ELSEWHERE =
  /^(\/loki\/api\/v1\/(index\/|detected_|patterns|format_query|delete|rules|drilldown-limits)|\/otlp\/|\/prometheus\/|\/flush|\/services)/;

const unzip = promisify(gunzip);

interface Answer {
  status: number;
  type: string | null;
  body: string;
}

/** The HTTP server over a store, not yet listening. `now` gives ns since 1970. */
export function logStoreServer(store: LogStore, now: () => bigint): Server {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((message, response) => {
    void answer(store, message, response, now).then((result) => send(response, result));
  });
  server.on("upgrade", (message, socket, head) => {
    socket.on("error", () => socket.destroy());
    try {
      const url = addressOf(message);
      if (url.pathname !== `${API}/tail`) throw NOT_FOUND;
      const request = readRequest(message, url.searchParams, now(), new AbortController().signal);
      tail(sockets, store, request, { message, socket, head });
    } catch (error) {
      const { status, body } = failure(error);
      socket.end(`HTTP/1.1 ${status} \r\ncontent-type: ${TEXT_TYPE}\r\nconnection: close\r\n\r\n${body}`);
    }
  });
  server.on("close", () => sockets.close());
  return server;
}

async function answer(
  store: LogStore,
  message: IncomingMessage,
  response: ServerResponse,
  now: () => bigint,
): Promise<Answer> {
  try {
    const url = addressOf(message);
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    return await route(store, message, url, { nowNs: now(), signal: gone.signal });
  } catch (error) {
    return failure(error);
  }
}

async function route(
  store: LogStore,
  message: IncomingMessage,
  url: URL,
  { nowNs, signal }: { nowNs: bigint; signal: AbortSignal },
): Promise<Answer> {
  const key = `${message.method} ${url.pathname}`;
  if (key === "GET /ready") return { status: 200, type: TEXT_TYPE, body: "ready\n" };
  if (key === `GET ${API}/status/buildinfo`) return json(BUILD_INFO, "application/json");
  if (key === `POST ${API}/push`) return receive(store, message, nowNs);
  if (key === `GET ${API}/tail`) throw new LokiError(400, "Bad Request\n");
  const read = READ_METHODS.includes(message.method ?? "") ? readFor(url.pathname) : undefined;
  if (!read) throw ELSEWHERE.test(url.pathname) ? unsupported(url.pathname) : NOT_FOUND;
  const params = new URLSearchParams([...url.searchParams, ...(await form(message))]);
  const data = await read(store, readRequest(message, params, nowNs, signal));
  return json({ status: "success", ...data }, JSON_TYPE);
}

function readFor(pathname: string): Read | undefined {
  const [, name] = /^\/loki\/api\/v1\/label\/([^/]+)\/values$/.exec(pathname) ?? [];
  if (name === undefined) return READS[pathname];
  return (store, request) => labels(store, request, decoded(name));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw new LokiError(400, `the label name ${name} cannot be read`);
  }
}

function readRequest(
  message: IncomingMessage,
  params: URLSearchParams,
  nowNs: bigint,
  signal: AbortSignal,
): ReadRequest {
  const flags = String(message.headers["x-loki-response-encoding-flags"] ?? "");
  const patience = { deadlineMs: performance.now() + QUERY_TIMEOUT_MS, signal };
  return { params, nowNs, categorize: flags.split(",").includes("categorize-labels"), patience };
}

async function receive(store: LogStore, message: IncomingMessage, nowNs: bigint): Promise<Answer> {
  const type = message.headers["content-type"];
  if (type === undefined) throw new LokiError(400, "mime: no media type\n");
  if (!/^application\/json\b/i.test(type))
    throw new LokiError(400, `${unsupported(`pushing ${type}`).message}\n`);
  push(store, (await bodyOf(message)).toString("utf8"), nowNs);
  return { status: 204, type: null, body: "" };
}

async function form(message: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams((await bodyOf(message)).toString("utf8"));
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new LokiError(413, "the body is too large");
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const encoding = message.headers["content-encoding"] ?? "identity";
  if (encoding === "identity") return body;
  if (encoding !== "gzip") throw unsupported(`the content encoding ${encoding}`);
  return unzip(body, { maxOutputLength: MAX_BODY_BYTES }).catch((error: Error) => {
    throw new LokiError(400, `the body is not gzip: ${error.message}`);
  });
}

function addressOf(message: IncomingMessage): URL {
  const url = URL.parse(message.url ?? "/", "http://localhost");
  if (!url) throw new LokiError(400, "the address cannot be read");
  return url;
}

function json(body: object, type: string): Answer {
  return { status: 200, type, body: JSON.stringify(body) };
}

function failure(error: unknown): Answer {
  if (error instanceof LokiError) return { status: error.status, type: TEXT_TYPE, body: error.message };
  console.error(error);
  return { status: 500, type: TEXT_TYPE, body: "internal error" };
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, type === null ? {} : { "content-type": type }).end(body);
}
