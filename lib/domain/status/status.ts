/** The six states a service, node or budget can show, worst first; `no_data` ranks below real trouble and above health. */
export const STATUSES = ["exhausted", "critical", "warning", "no_data", "attention", "healthy"] as const;
export type Status = (typeof STATUSES)[number];

/** What one golden signal or one gauge says. UNKNOWN means there is no number to judge. */
export const LEVELS = ["CRITICAL", "WARNING", "UNKNOWN", "OK"] as const;
export type Level = (typeof LEVELS)[number];

const STATUS_OF_LEVEL: Record<Level, Status> = {
  CRITICAL: "critical",
  WARNING: "warning",
  UNKNOWN: "no_data",
  OK: "healthy",
};

/** The status shown for a level where no SLO speaks for the service. */
export function statusOfLevel(level: Level): Status {
  return STATUS_OF_LEVEL[level];
}

/** Negative when `a` is worse than `b`; usable as a sort comparator for "worst first". */
export function compareStatus(a: Status, b: Status): number {
  return STATUSES.indexOf(a) - STATUSES.indexOf(b);
}

/** The worst of some statuses; an empty list is `no_data`, for nothing was measured. */
export function worstStatus(statuses: readonly Status[]): Status {
  return [...statuses].sort(compareStatus)[0] ?? "no_data";
}
