import "server-only";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);
/** Speed before size: most clients sit on the LAN. */
const GZIP_LEVEL = 1;
/** Below this, gzip costs more than it saves. */
const WORTH_GZIP_BYTES = 2_048;

/** An answer of a source as it goes out, compressed at most once however many clients wait for it. */
export class Outgoing {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  #zipped: Promise<Buffer> | undefined;

  constructor(status: number, contentType: string, body: Buffer) {
    this.status = status;
    this.contentType = contentType;
    this.body = ofItsOwn(body);
  }

  get worthZipping(): boolean {
    return this.body.length >= WORTH_GZIP_BYTES;
  }

  zipped(): Promise<Buffer> {
    this.#zipped ??= compress(this.body, { level: GZIP_LEVEL }).then(ofItsOwn);
    return this.#zipped;
  }
}

/** A short buffer is often a window on a much larger one, which it would keep in memory. */
function ofItsOwn(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes;
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}
