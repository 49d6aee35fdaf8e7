import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";

/** A batch service in a line: "last success 9 h ago, 1 of 4 runs failed". */
export function batchInWords(batch: NonNullable<ServiceHealth["batch"]>): string {
  const age = batch.lastSuccessAgeSeconds;
  const success = age === null ? "no success on record" : `last success ${writeSeconds(age)} ago`;
  return `${success}, ${runsInWords(batch.runsLastDay, batch.failuresLastDay)}`;
}

function runsInWords(runs: number | null, failures: number | null): string {
  if (runs === null) return "runs unknown";
  if (runs === 0) return "no run in 24 h";
  if (failures === null || failures === 0) return `${countOf(runs, "run")} in 24 h`;
  return `${failures} of ${countOf(runs, "run")} failed`;
}
