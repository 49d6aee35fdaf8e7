import "server-only";
import type { IncomingMessage } from "node:http";
import { AppError } from "#lib/server/errors.ts";

/** The body of a plain Node request as UTF-8. @throws AppError `too_large`, `cancelled` when the client left. */
export async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  const tooLarge = new AppError("too_large", `the body may have ${maxBytes} bytes at most`);
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Destroying the request on the way out would close the connection before the refusal is sent.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    if (!request.destroyed) throw error;
    throw new AppError("cancelled", "the client left before its request was complete", { cause: error });
  }
  return Buffer.concat(chunks).toString("utf8");
}
