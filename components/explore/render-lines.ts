import type { ReactNode } from "react";
import type { LogLine } from "#lib/contracts/logs.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";

/** Log lines belong to another feature. */
export type RenderLines = (lines: readonly LogLine[], query: string, range: TimeRange) => ReactNode;
