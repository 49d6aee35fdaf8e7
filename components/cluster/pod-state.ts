import type { PodRow } from "#lib/contracts/panels.ts";
import { saturationLevel } from "#lib/domain/signals/saturation.ts";
import type { Status } from "#lib/domain/status/status.ts";
import { writeCount } from "#lib/domain/words/figures.ts";
import { levelColor } from "#components/shell/level-color.ts";

const FAILED = new Set(["failed", "unknown"]);

/** A pod's state in a status and a word; a pod whose readiness nobody reports is no data. */
export function podState({ phase, ready }: Pick<PodRow, "phase" | "ready">): {
  status: Status;
  word: string;
} {
  const word = phase.toLowerCase();
  if (word === "succeeded") return { status: "healthy", word: "finished" };
  if (FAILED.has(word)) return { status: "critical", word };
  if (word !== "running") return { status: "warning", word: word || "no phase" };
  if (ready === null) return { status: "no_data", word: "running" };
  return ready ? { status: "healthy", word: "ready" } : { status: "warning", word: "not ready" };
}

/** The colour of a usage figure by how near it is to its limit; none while there is room or no limit. */
export function levelOfUse(ratio: number | null): string {
  return ratio === null ? "" : levelColor(saturationLevel(ratio));
}

/** Restarts of the last day, whole and coloured when there were any. */
export function restartsInWords(count: number | null): {
  text: string;
  why: string | null;
  className: string;
} {
  if (count === null) return { text: "—", why: "No restart counter is reported", className: "" };
  const whole = Math.round(count);
  return { text: writeCount(whole), why: null, className: whole > 0 ? "text-warning" : "" };
}
