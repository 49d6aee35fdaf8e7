import "server-only";
import type { ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);
/** Speed before size: most clients sit on the LAN. */
const GZIP_LEVEL = 1;
/** A character for each byte. */
const BYTES = "latin1";
/** Below this, gzip costs more than it saves. */
const WORTH_GZIP_BYTES = 2_048;
/** So much is copied behind its head sooner than the system is called for two pieces. */
const ONE_PIECE_BYTES = 16_384;

/**
 * An answer as it goes over the wire; `headers` are names and values in turns, as `writeHead` takes them. A short body is
 * a string with a character for each byte, which Node sends in one piece with the head.
 */
export interface Wire {
  status: number;
  headers: readonly string[];
  body: Buffer | string;
}

/** Ends a response with an answer, after `headers` that it does not carry yet. */
export function sendWire(response: ServerResponse, wire: Wire, headers: readonly string[] = []): void {
  response.writeHead(wire.status, [...headers, ...wire.headers]);
  response.end(wire.body, BYTES);
}

/** An answer of a source as it goes out, compressed at most once however many clients wait for it. */
export class Outgoing {
  readonly #plain: Wire;
  #zipping: Promise<Wire> | undefined;
  #zipped: Wire | null = null;

  constructor(status: number, contentType: string, body: Buffer) {
    this.#plain = wireOf(status, ["content-type", contentType], body);
  }

  /** How many bytes it has before it is compressed. */
  get bytes(): number {
    return this.#plain.body.length;
  }

  get worthZipping(): boolean {
    return this.bytes >= WORTH_GZIP_BYTES;
  }

  /** As it goes to whoever takes gzip, or does not. */
  async wire(takesGzip: boolean): Promise<Wire> {
    if (!takesGzip || !this.worthZipping) return this.#plain;
    this.#zipping ??= this.#zip();
    return this.#zipping;
  }

  /** The same where nobody has to wait for it, else null. */
  wireAtHand(takesGzip: boolean): Wire | null {
    return takesGzip && this.worthZipping ? this.#zipped : this.#plain;
  }

  async #zip(): Promise<Wire> {
    const { status, headers, body } = this.#plain;
    const whole = typeof body === "string" ? Buffer.from(body, BYTES) : body;
    const zipped = await compress(whole, { level: GZIP_LEVEL });
    const [, contentType = ""] = headers;
    this.#zipped = wireOf(status, ["content-type", contentType, "content-encoding", "gzip"], zipped);
    return this.#zipped;
  }
}

function wireOf(status: number, headers: readonly string[], body: Buffer): Wire {
  const common = ["content-length", `${body.length}`, "cache-control", "no-store", "vary", "accept-encoding"];
  const kept = body.length <= ONE_PIECE_BYTES ? body.toString(BYTES) : ofItsOwn(body);
  return { status, headers: [...headers, ...common], body: kept };
}

/** A short buffer is often a window on a much larger one, which it would keep in memory. */
function ofItsOwn(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes;
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}
