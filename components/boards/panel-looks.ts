import type { ReactNode } from "react";
import type { LogLines } from "#lib/contracts/logs.ts";

/** How log panels look; lines and levels belong to another feature. */
export interface PanelLooks {
  lines: (lines: LogLines["lines"], label: string, query: string) => ReactNode;
  /** The CSS colour of a level. */
  levelColor: (level: string) => string;
}
