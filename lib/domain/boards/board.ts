import type { QueryLanguage } from "./matcher-literals.ts";

/** What a panel shows: lines over time of PromQL, log lines of LogQL, or how many of those by level. */
export const PANEL_KINDS = ["series", "logs", "log-volume"] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];

export const PANEL_WIDTHS = ["half", "full"] as const;

export const MAX_PANELS = 40;

/** The language of a panel's query. */
export function languageOf(kind: PanelKind): QueryLanguage {
  return kind === "series" ? "promql" : "logql";
}
