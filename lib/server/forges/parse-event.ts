import "server-only";
import { AppError } from "#lib/server/errors.ts";

/** The JSON object of an event. @throws AppError `bad_request` */
export function parseEvent(body: Uint8Array): Readonly<Record<string, unknown>> {
  let event: unknown;
  try {
    event = JSON.parse(Buffer.from(body).toString("utf8"));
  } catch (error) {
    throw new AppError("bad_request", `the body is not JSON: ${(error as Error).message}`);
  }
  if (typeof event === "object" && event !== null && !Array.isArray(event)) return { ...event };
  throw new AppError("bad_request", "the body must be a JSON object");
}
