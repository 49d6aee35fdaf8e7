import "server-only";
import type { z } from "zod";
import { InspectLines, type LogFieldsAnswer, type LogPatternsAnswer } from "#lib/contracts/log-routes.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { logFields, logPatterns } from "#lib/server/query/loki/inspect.ts";

type Asked = Pick<Caller, "signal">;

/** The patterns of a query's streams, where the source finds any. Throws AppErrors, Loki's own among them. */
export async function readPatterns(
  actor: Actor,
  input: unknown,
  { signal }: Asked,
): Promise<z.infer<typeof LogPatternsAnswer>> {
  authorize(actor, "queries:run");
  return logPatterns({ actor, signal }, wantedOf(input));
}

/** The fields of a query's lines, where the source detects any. Throws AppErrors, Loki's own among them. */
export async function readFields(
  actor: Actor,
  input: unknown,
  { signal }: Asked,
): Promise<z.infer<typeof LogFieldsAnswer>> {
  authorize(actor, "queries:run");
  return logFields({ actor, signal }, wantedOf(input));
}

function wantedOf(input: unknown): { query: string; fromMs: number; toMs: number } {
  const { query, from, to } = parseInput(InspectLines, input);
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  if (toMs > fromMs) return { query, fromMs, toMs };
  const message = "must be later than from";
  throw new AppError("invalid", `to ${message}`, { fields: [{ path: "to", message }] });
}
