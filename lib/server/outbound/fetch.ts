import "server-only";
import { lookup as systemLookup } from "node:dns/promises";
import type { LookupAddress } from "node:dns";
import { type BlockList, isIP, type LookupFunction } from "node:net";
import { Agent, type Dispatcher, request } from "undici";
import { settings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { singleton } from "#lib/server/singleton.ts";
import { mayReach } from "./addresses.ts";

const CONNECT_TIMEOUT_MS = 3_000;
const KEEP_ALIVE_MS = 10_000;
const MAX_BODY_BYTES = 64 * 1024;
const USER_AGENT = "Burnline";

export interface OutboundRequest {
  /** http or https, without credentials. */
  url: string;
  method: "GET" | "POST";
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** The answer must be there in full by then. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** An answer of any status but a redirect. */
export interface OutboundAnswer {
  status: number;
  text: string;
  /** What the answer says of when to ask again, as it stands in its header. */
  retryAfter: string | null;
}

export interface Outbound {
  /**
   * Sends one request to an address that a person chose. Redirects are not followed: whoever wants them sets
   * the final address.
   * @throws AppError `invalid` for an address we do not go to, `upstream_timeout`, `upstream_unavailable`,
   * `upstream_error` for a redirect or an answer that is too long, `cancelled` when `signal` fires
   */
  fetch: (wanted: OutboundRequest) => Promise<OutboundAnswer>;
  close: () => Promise<void>;
}

interface OutboundOptions {
  /** Networks that are reached although they are not public. */
  allowed: BlockList;
  /** All addresses of a name. */
  lookup?: (hostname: string) => Promise<LookupAddress[]>;
}

function refused(path: string, message: string): AppError {
  return new AppError("invalid", `${path}: ${message}`, { fields: [{ path, message }] });
}

const HOW_TO_ALLOW = "; the setting BURNLINE_OUTBOUND_ALLOW names private networks that may be reached";

/**
 * Refuses what can be told from an address alone: another scheme, credentials, an address that is not public.
 * @param path the field to name in the refusal
 */
export function checkTarget(text: string, allowed: BlockList, path = "url"): URL {
  const url = URL.parse(text);
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw refused(path, "must be an http(s) address");
  }
  if (url.username !== "" || url.password !== "") {
    throw refused(path, "must not hold a user name or password");
  }
  // A literal address is never looked up, so it is judged here; the parser has written it in its one form.
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !mayReach(literal, allowed)) {
    throw refused(path, `${literal} is not a public address${HOW_TO_ALLOW}`);
  }
  return url;
}

/** Resolves names for the socket itself, so that what was judged is what is connected to. */
function judgedLookup({ allowed, lookup }: Required<OutboundOptions>): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname).then(
      (found) => {
        const [first, ...rest] = found.filter(({ address }) => mayReach(address, allowed));
        if (first === undefined) {
          const answer = found.map(({ address }) => address).join(", ") || "no address";
          const error = refused("url", `${hostname} is ${answer}, not a public address${HOW_TO_ALLOW}`);
          callback(error, "", 0);
        } else if (options.all) callback(null, [first, ...rest]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, "", 0),
    );
  };
}

function agentFor(options: Required<OutboundOptions>): Agent {
  return new Agent({
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxResponseSize: MAX_BODY_BYTES,
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      lookup: judgedLookup(options),
      autoSelectFamily: true,
      allowH2: false,
    },
  });
}

/** What we say of a failure; what an answer held is not repeated. */
function classify(error: unknown, wanted: OutboundRequest, deadline: AbortSignal): AppError {
  if (error instanceof AppError) return error;
  if (wanted.signal.aborted) return new AppError("cancelled", "the request was abandoned", { cause: error });
  const { code, message } = error as NodeJS.ErrnoException;
  if (deadline.aborted || code === "UND_ERR_CONNECT_TIMEOUT") {
    const detail = `it did not answer within ${wanted.timeoutMs} ms`;
    return new AppError("upstream_timeout", detail, { cause: error });
  }
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") {
    const detail = `it answered with more than ${MAX_BODY_BYTES} bytes`;
    return new AppError("upstream_error", detail, { cause: error });
  }
  return new AppError("upstream_unavailable", `it cannot be reached: ${code ?? message}`, { cause: error });
}

async function exchange(agent: Agent, url: URL, wanted: OutboundRequest, signal: AbortSignal) {
  const response: Dispatcher.ResponseData = await request(url, {
    dispatcher: agent,
    method: wanted.method,
    headers: { ...wanted.headers, "user-agent": USER_AGENT, "accept-encoding": "identity" },
    body: wanted.body ?? null,
    signal,
  });
  const text = await response.body.text();
  const status = response.statusCode;
  if (status >= 300 && status < 400) {
    const detail = `it answered HTTP ${status}, a redirect; set its final address`;
    throw new AppError("upstream_error", detail);
  }
  const retryAfter = response.headers["retry-after"];
  return { status, text, retryAfter: typeof retryAfter === "string" ? retryAfter : null };
}

/** A way out to addresses that persons choose; it goes to public ones and to what `allowed` adds. */
export function createOutbound(options: OutboundOptions): Outbound {
  const lookup = options.lookup ?? ((hostname: string) => systemLookup(hostname, { all: true }));
  const agent = agentFor({ allowed: options.allowed, lookup });
  return {
    fetch: async (wanted) => {
      const url = checkTarget(wanted.url, options.allowed);
      const deadline = AbortSignal.timeout(wanted.timeoutMs);
      try {
        return await exchange(agent, url, wanted, AbortSignal.any([wanted.signal, deadline]));
      } catch (error) {
        throw classify(error, wanted, deadline);
      }
    },
    close: () => agent.close(),
  };
}

/** The way out that the settings allow. */
export function outbound(): Outbound {
  return singleton("outbound", () => createOutbound({ allowed: settings().access.outboundAllow }));
}
