import "server-only";
import type { IncomingMessage } from "node:http";
import { AppError } from "#lib/server/errors.ts";
import { readText } from "./read-text.ts";

/**
 * Reads a JSON body of a plain Node request.
 * @throws AppError `unsupported_media_type`, `too_large` or `bad_request`.
 */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const mediaType = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new AppError("unsupported_media_type", "content-type must be application/json");
  }
  const text = await readText(request, maxBytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("bad_request", `the body is not JSON: ${(error as Error).message}`);
  }
}
