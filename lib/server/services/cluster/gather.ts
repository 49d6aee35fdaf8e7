import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import { AppError } from "#lib/server/errors.ts";

/** One of the reads behind an answer. */
export interface Part<T> {
  /** What is missing from the answer when this read fails, as in "latency". */
  what: string;
  read: Promise<Measured<T>>;
  /** Moves by the hour (forecasts, baselines, sparks): its age does not make the answer old. */
  slow?: boolean;
}
/** A part that is null was not asked for. */
type Parts = Record<string, Part<unknown> | null>;
type Gathered<P extends Parts> = { [K in keyof P]: P[K] extends Part<infer T> | null ? T | null : never };

/**
 * Waits for all parts of an answer; a failed one is null and named in the warnings. `asOf` is the oldest
 * of the parts' newest samples. Throws the first error when every part failed or the caller left.
 */
export async function gather<P extends Parts>(parts: P): Promise<Measured<Gathered<P>>> {
  const data: Record<string, unknown> = Object.fromEntries(Object.keys(parts).map((name) => [name, null]));
  const asked = Object.entries(parts).flatMap(([name, part]) => (part ? [{ name, ...part }] : []));
  const settled = await Promise.allSettled(asked.map(({ read }) => read));
  throwIfHopeless(settled);
  const answer = { stale: false, partial: false, warnings: new Set<string>() };
  const newest: string[] = [];
  settled.forEach((outcome, index) => {
    const { name, what, slow } = asked[index]!;
    if (outcome.status === "rejected") {
      answer.partial = true;
      answer.warnings.add(`${what} missing: ${(outcome.reason as Error).message}`);
      return;
    }
    const { value } = outcome;
    data[name] = value.data;
    answer.stale ||= value.stale;
    answer.partial ||= value.partial;
    for (const warning of value.warnings) answer.warnings.add(warning);
    if (value.asOf !== null && !slow) newest.push(value.asOf);
  });
  return {
    data: data as Gathered<P>,
    asOf: newest.sort()[0] ?? null,
    stale: answer.stale,
    partial: answer.partial,
    warnings: [...answer.warnings],
  };
}

function throwIfHopeless(settled: readonly PromiseSettledResult<unknown>[]): void {
  const reasons = settled.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  const fatal = reasons.find((reason) => !(reason instanceof AppError) || reason.code === "cancelled");
  if (fatal !== undefined) throw fatal;
  if (reasons.length > 0 && reasons.length === settled.length) throw reasons[0];
}

/** The same provenance around other data. */
export function mapMeasured<A, B>(measured: Measured<A>, change: (data: A) => B): Measured<B> {
  return { ...measured, data: change(measured.data) };
}
