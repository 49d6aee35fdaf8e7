import "server-only";
import { z } from "zod";
import { AppError } from "#lib/server/errors.ts";

/** A body that is a file, not read yet: whether it may come in at all is decided first. */
export const FileBody = z.object({
  content: z.instanceof(ReadableStream).nullable(),
  announcedBytes: z.number(),
  mediaType: z.string(),
});

const MAX_MEDIA_TYPE = 200;

/** The body of a request as a file: any content type is taken, and none is believed. */
export function fileBody(request: Request): Promise<z.infer<typeof FileBody>> {
  return Promise.resolve({
    content: request.body,
    announcedBytes: Number(request.headers.get("content-length") ?? 0),
    mediaType: (request.headers.get("content-type") ?? "application/octet-stream").slice(0, MAX_MEDIA_TYPE),
  });
}

/**
 * Reads a file no further than it may be long: what is announced or sent beyond is never kept.
 * @throws `too_large`
 */
export async function readFile(
  { content, announcedBytes }: z.infer<typeof FileBody>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = new AppError("too_large", `a file may have ${maxBytes / 1_000_000} MB at most`);
  if (announcedBytes > maxBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (content ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
