import type { LogLine } from "#lib/contracts/logs.ts";
import type { Deduped } from "#lib/domain/logs/dedupe.ts";
import type { LineActions } from "./line-details.tsx";

/** The height of a closed line that does not wrap. */
export const LINE_PX = 24;

export interface LogListProps {
  lines: readonly Deduped<LogLine>[];
  label: string;
  wrap: boolean;
  actions: LineActions;
  /** The address of a line that stands out. */
  marked?: string;
  /** The line that is in the middle at first. */
  startAt?: number;
  className?: string;
}
