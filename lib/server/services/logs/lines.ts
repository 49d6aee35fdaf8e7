import "server-only";
import { type LogLinesAnswer, ReadLines } from "#lib/contracts/log-routes.ts";
import type { z } from "zod";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { linesWithin } from "#lib/server/query/loki/spans.ts";

/** Lines of a query within a span, newest first. Throws AppErrors, Loki's own among them. */
export async function readLines(
  actor: Actor,
  input: unknown,
  { signal }: Pick<Caller, "signal">,
): Promise<z.infer<typeof LogLinesAnswer>> {
  authorize(actor, "queries:run");
  const { query, start, end, limit, direction } = parseInput(ReadLines, input);
  const [startNs, endNs] = [BigInt(start), BigInt(end)];
  if (endNs <= startNs) {
    const message = "must be later than start";
    throw new AppError("invalid", `end ${message}`, { fields: [{ path: "end", message }] });
  }
  return linesWithin({ actor, signal }, { expr: query, startNs, endNs, limit, direction });
}
