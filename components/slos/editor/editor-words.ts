import type { SliKind } from "#lib/domain/slo/definition/sli.ts";
import type { TierKey } from "#lib/domain/slo/alerts/tiers.ts";
import { TIERS } from "#lib/domain/catalogue/vocabulary.ts";

export const WORD_OF_SLI: Record<SliKind, string> = {
  availability: "Availability: requests that did not fail",
  error_rate: "Error rate: requests without errors of one class",
  latency: "Latency: requests faster than a threshold",
  throughput: "Throughput: time with enough events",
  quality: "Quality: answers that were not degraded",
  freshness: "Freshness: time with a recent success",
  completeness: "Completeness: records processed of those expected",
  custom: "Custom: two PromQL expressions",
  probe: "Probe: time in which an expression passes",
  composite: "User journey: the steps' SLOs combined",
};

export const SLI_CHOICES = (Object.keys(WORD_OF_SLI) as SliKind[]).map((value) => ({
  value,
  label: WORD_OF_SLI[value],
}));

export const TIER_CHOICES = [
  { value: "", label: "not set" },
  ...TIERS.map((value) => ({ value, label: value.replace("_", " ") })),
];

export const WORD_OF_ALERT_TIER: Record<TierKey, string> = {
  page_fast: "Page, fast burn",
  page_slow: "Page, slow burn",
  ticket_fast: "Ticket, fast burn",
  ticket_slow: "Ticket, slow burn",
};

/** Names of the fields' places, for a list of what is wrong. */
const PLACES: readonly [RegExp, string][] = [
  [/^sli\.steps\.(\d+)/, "Journey, step $1"],
  [/^sli/, "What is measured"],
  [/^budgeting/, "Budget"],
  [/^objectives\.(\d+)/, "Objective $1"],
  [/^objectives/, "Objectives"],
  [/^phases/, "Progressive targets"],
  [/^groupBy/, "Groups"],
  [/^exclusions\.windows\.(\d+)/, "Exclusion window $1"],
  [/^exclusions/, "Excluded events"],
  [/^alertTiers|^minimumBadEvents/, "Alerts"],
  [/^onMissing/, "Missing data"],
  [/^(service|node)/, "Subject"],
  [/^runbookUrl/, "Runbook"],
];

/** Where in the form a path is: "objectives.0.target" → "Objective 1". */
export function placeOf(path: string): string {
  for (const [pattern, words] of PLACES) {
    const found = pattern.exec(path);
    if (found) return words.replace("$1", String(Number(found[1] ?? 0) + 1));
  }
  return path.charAt(0).toUpperCase() + path.slice(1);
}
