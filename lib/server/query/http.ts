import "server-only";
import { readFileSync } from "node:fs";
import { Agent, errors, request, type Dispatcher } from "undici";
import type { z } from "zod";
import type { SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { singleton } from "#lib/server/singleton.ts";
import { sourceHealth } from "./source-health.ts";
import { type Fault, sourceLabel, UpstreamError } from "./upstream-error.ts";

const CONNECT_TIMEOUT_MS = 3_000;
const KEEP_ALIVE_MS = 30_000;
const MAX_CONNECTIONS = 32;
/** Longer queries go as a POST form: proxies commonly cut request lines at 8 KB. */
const MAX_GET_QUERY_BYTES = 2_000;
const DEFAULT_MAX_BODY_BYTES = 32 * 1024 * 1024;

export interface UpstreamRequest {
  /** Below the source's address, with a leading slash. */
  path: string;
  params?: Readonly<Record<string, string>> | URLSearchParams;
  /** For what takes no POST form, however long its parameters are. */
  getOnly?: boolean;
  /** A request to do something, sent as a POST form however short it is. */
  post?: boolean;
  /** A request to do something, sent as JSON. */
  json?: unknown;
  /** A request to take something away. */
  delete?: boolean;
  headers?: Readonly<Record<string, string>>;
  /** The upstream must have answered in full by then. */
  timeoutMs: number;
  maxBodyBytes?: number;
  signal: AbortSignal;
}

/** An answer of any status but a redirect; judging it is the part of the client's `read`. */
export interface UpstreamAnswer {
  status: number;
  contentType: string;
  body: Buffer;
  /** The body as UTF-8. */
  readonly text: string;
  durationMs: number;
}

/**
 * One question to a source, and what `read` makes of the answer: only an answer that `read` understands counts
 * as a sign of health; one that it throws `foreign` or `down` for is a failure of the source.
 * @throws UpstreamError `upstream_unavailable`, `upstream_timeout`, `upstream_error` (redirect) or
 * `query_too_expensive` (body too long); AppError `cancelled` when `signal` fires; whatever `read` throws.
 */
export async function ask<T>(
  source: SourceSettings,
  wanted: UpstreamRequest,
  read: (answer: UpstreamAnswer) => T,
): Promise<T> {
  const health = sourceHealth(source);
  try {
    const result = read(await exchange(source, wanted));
    Object.assign(health, { lastSeenAtMs: Date.now(), lastFailure: null });
    return result;
  } catch (error) {
    if (error instanceof UpstreamError && (error.fault === "down" || error.fault === "foreign")) {
      health.lastFailure = { atMs: Date.now(), message: error.message };
    }
    throw error;
  }
}

/**
 * GET, or a POST form when the parameters are long. Never follows redirects, never asks for compression
 * (sources sit on the LAN).
 */
async function exchange(source: SourceSettings, wanted: UpstreamRequest): Promise<UpstreamAnswer> {
  const startedAt = performance.now();
  const deadline = AbortSignal.timeout(wanted.timeoutMs);
  try {
    const response = await request(
      `${source.url}${wanted.path}${asPost(wanted) ? "" : queryString(wanted)}`,
      options(source, wanted, deadline),
    );
    const body = await readBody(source, response, wanted.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES);
    const answer = {
      status: response.statusCode,
      contentType: String(response.headers["content-type"] ?? ""),
      body,
      get text() {
        return body.toString("utf8");
      },
      durationMs: performance.now() - startedAt,
    };
    refuseRedirect(source, answer.status);
    return answer;
  } catch (error) {
    throw classify(source, wanted, deadline, error);
  }
}

function options(source: SourceSettings, wanted: UpstreamRequest, deadline: AbortSignal) {
  const common = { dispatcher: agentOf(source), signal: AbortSignal.any([wanted.signal, deadline]) };
  const headers = {
    accept: "application/json",
    "accept-encoding": "identity",
    "user-agent": "burnline",
    ...credentials(source),
  };
  if (wanted.json !== undefined) {
    const sent = { ...headers, "content-type": "application/json", ...wanted.headers };
    return { ...common, method: "POST" as const, headers: sent, body: JSON.stringify(wanted.json) };
  }
  if (!asPost(wanted)) {
    const method = wanted.delete ? ("DELETE" as const) : ("GET" as const);
    return { ...common, method, headers: { ...headers, ...wanted.headers } };
  }
  return {
    ...common,
    method: "POST" as const,
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded", ...wanted.headers },
    body: encoded(wanted),
  };
}

function queryString(wanted: UpstreamRequest): string {
  const query = encoded(wanted);
  return query === "" ? "" : `?${query}`;
}

function encoded({ params }: UpstreamRequest): string {
  return new URLSearchParams(params).toString();
}

function asPost(wanted: UpstreamRequest): boolean {
  if (wanted.json !== undefined || wanted.delete) return false;
  return wanted.post === true || (!wanted.getOnly && queryString(wanted).length > MAX_GET_QUERY_BYTES);
}

/** The headers that identify Burnline to a source; a bearer token goes before basic credentials. */
export function credentials(source: SourceSettings): Record<string, string> {
  const { bearerToken, basicAuth, tenant } = source;
  const basic = basicAuth === undefined ? undefined : `Basic ${Buffer.from(basicAuth).toString("base64")}`;
  const authorization = bearerToken === undefined ? basic : `Bearer ${bearerToken}`;
  return { ...(authorization && { authorization }), ...(tenant && { "x-scope-orgid": tenant }) };
}

function agentOf(source: SourceSettings): Agent {
  const agents = singleton("query.agents", () => new Map<string, Agent>());
  const key = JSON.stringify([source.url, source.caFile]);
  const known = agents.get(key);
  if (known) return known;
  const agent = new Agent({
    connections: MAX_CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      ...(source.caFile === undefined ? {} : { ca: readCertificate(source, source.caFile) }),
    },
  });
  agents.set(key, agent);
  return agent;
}

function readCertificate(source: SourceSettings, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UpstreamError(
      "down",
      "upstream_unavailable",
      `${sourceLabel(source)}: CA file: ${code}`,
      error,
    );
  }
}

async function readBody(
  source: SourceSettings,
  response: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw new UpstreamError(
        "slow",
        "query_too_expensive",
        `${sourceLabel(source)} answered more than ${maxBytes} bytes; narrow the query or its range`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuseRedirect(source: SourceSettings, status: number): void {
  if (status < 300 || status >= 400) return;
  const detail = `${sourceLabel(source)} answered HTTP ${status}, a redirect; set its final address`;
  throw new UpstreamError("foreign", "upstream_error", detail);
}

/**
 * The error for an answer that is not in the source's own format: a gateway's page, a refused credential,
 * a wrong address.
 */
export function foreignAnswer(source: SourceSettings, answer: UpstreamAnswer): UpstreamError {
  const detail = `${sourceLabel(source)} answered HTTP ${answer.status}: ${firstWords(answer.text)}`;
  const unavailable = [429, 502, 503, 504].includes(answer.status);
  const code = unavailable ? "upstream_unavailable" : "upstream_error";
  return new UpstreamError(faultOf(answer.status), code, detail);
}

/** A gateway that finds the request itself wrong will find the same the next time. */
function faultOf(status: number): Fault {
  if (status >= 500) return "down";
  if (status === 429) return "slow";
  return status === 400 || status === 422 ? "refused" : "foreign";
}

/** The error for an answer in the source's format that says something else than was asked for. */
export function misreadAnswer(
  source: SourceSettings,
  answer: UpstreamAnswer,
  error: z.ZodError,
): UpstreamError {
  const issue = error.issues[0];
  const where = issue ? `${issue.path.join(".") || "data"}: ${issue.message}` : "";
  const detail = `${sourceLabel(source)} answered HTTP ${answer.status} in an unknown shape: ${where}`;
  return new UpstreamError("foreign", "upstream_error", detail, error);
}

/** The body as JSON, undefined when it is none. */
export function jsonOf(answer: UpstreamAnswer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

/** The start of an upstream's plain-text message, on one line. */
function firstWords(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, 300) || "no message";
}

function classify(
  source: SourceSettings,
  wanted: UpstreamRequest,
  deadline: AbortSignal,
  error: unknown,
): AppError {
  if (error instanceof AppError) return error;
  if (wanted.signal.aborted) return new AppError("cancelled", "nobody waits for this any more");
  const label = sourceLabel(source);
  const timedOut =
    deadline.aborted ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError;
  if (timedOut) {
    const detail = `${label} did not answer within ${wanted.timeoutMs} ms`;
    return new UpstreamError("down", "upstream_timeout", detail, error);
  }
  const { code, message } = error as NodeJS.ErrnoException;
  return new UpstreamError("down", "upstream_unavailable", `${label}: ${code ?? message}`, error);
}
