/** What the fields of a policy are called; keys are their names in the document. */
export const WEIGHT_LABELS = {
  linesUnstated: "Size not stated",
  migration: "Schema migration",
  migrationUnstated: "Migration not stated",
  rollbackReady: "Rollback ready",
  rollbackMissing: "No rollback",
  rollbackUnstated: "Rollback not stated",
  perDependent: "Per dependent",
  mostForDependents: "Most for dependents",
  allReleasesFailed: "All releases failed",
  unattended: "Outside hours",
} as const;
export const CUT_LABELS = { mediumFrom: "Medium from", highFrom: "High from" } as const;
export const HOUR_LABELS = {
  from: "Attended from (h)",
  until: "Until (h)",
  fridayUntil: "Fridays until (h)",
} as const;
export const ZONE_LABEL = "On the clock of";
export const FLOOR_LABELS = {
  openIncident: "An open incident",
  firingPage: "A firing page",
  criticalErrors: "A critical errors signal",
} as const;
export const FIGURE_LABELS = {
  deferHours: "Hours that a release is deferred",
  canaryCostRatio: "Share of the budget for a canary",
  canaryMinutes: "Minutes that a canary runs",
} as const;
export const LEASE_LABEL = "Minutes that an approval lasts";
export const LEAST_RISK_LABEL = "Risk";
export const OTHER_TIERS_LABEL = "Every other service";

const WHOLE_LABELS: Readonly<Record<string, string>> = {
  ...FIGURE_LABELS,
  incidentSeverities: "Incidents that count",
  lanes: "Lanes that are open",
};
const RULE_LABELS: Readonly<Record<string, string>> = {
  leaseMinutes: LEASE_LABEL,
  leastRisk: LEAST_RISK_LABEL,
};

/** A name of the document as words: "best_effort" is "best effort". */
export function plainWords(name: string): string {
  return name.replaceAll("_", " ");
}

export function tierLabel(tier: string): string {
  return `Tier ${plainWords(tier)}`;
}

function named(labels: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

function riskLabel([part = "", name = "", member = "", leaf = ""]: readonly string[]): string | undefined {
  if (part === "cuts") return named(CUT_LABELS, name);
  if (name === "tier") return `${tierLabel(member)}, points`;
  if (name === "attendedHours") return member === "zone" ? ZONE_LABEL : named(HOUR_LABELS, member);
  if (name === "lines")
    return member === "" ? "Size of the change" : `Size, step ${Number(member) + 1}, ${leaf}`;
  return named(WEIGHT_LABELS, name);
}

/** How the fields below each member of the document are called, given the rest of the path. */
const LABELS: Readonly<Record<string, (rest: readonly string[]) => string | undefined>> = {
  matrix: ([status = "", risk = ""]) => `${plainWords(status)}, ${risk} risk`,
  risk: riskLabel,
  floors: ([name = ""]) => named(FLOOR_LABELS, name),
  tiers: ([tier = "", member = ""]) => `${tierLabel(tier)}: ${named(RULE_LABELS, member) ?? "its rules"}`,
  otherTiers: ([member = ""]) => `${OTHER_TIERS_LABEL}: ${named(RULE_LABELS, member) ?? "its rules"}`,
};

/** What the field at a dotted path is called: "risk.cuts.highFrom" is "High from"; the path itself where none is known. */
export function labelOf(path: string): string {
  const [head = "", ...rest] = path.split(".");
  const below = Object.hasOwn(LABELS, head) ? LABELS[head]?.(rest) : named(WHOLE_LABELS, head);
  return below ?? path;
}
