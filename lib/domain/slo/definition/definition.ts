import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import type { ServiceTier } from "#lib/domain/signals/limits.ts";
import type { AlertTier } from "../alerts/tiers.ts";
import type { OnMissing } from "../slots/sums.ts";
import type { ExclusionWindow } from "../time/exclusion-windows.ts";
import type { Comparison, Sli } from "./sli.ts";
import type { SloWindow } from "./windows.ts";

/** A target over a window; an SLO may have several, each with a status of its own. */
export interface Objective {
  /** Share of good events, between 0 and 1, both excluded: 0.999. */
  target: number;
  window: SloWindow;
}

export const SLICE_MINUTES = [1, 5] as const;
type SliceMinutes = (typeof SLICE_MINUTES)[number];

/** How events become a budget. */
export type Budgeting =
  /** Sum of good over sum of total. */
  | { method: "occurrences" }
  /**
   * Good slices over all slices. `sliceGood` compares the good ratio of a slice (0..1); null where the SLI judges
   * a value of its own (throughput, freshness, probe).
   */
  | { method: "timeslices"; sliceMinutes: SliceMinutes; sliceGood: Comparison | null }
  /** Each slice counts by its share of bad events. */
  | { method: "ratioTimeslices"; sliceMinutes: SliceMinutes };

/** What the SLO does not speak of. */
export interface Exclusions {
  /** Events left out of numerator and denominator: each matcher names some, such as `route=~"/health|/metrics"`. */
  events: LabelMatcher[];
  windows: ExclusionWindow[];
}

/** A step of progressive targets; the last one lasts for good. */
export interface Phase {
  target: number;
  /** How long its windows must be met before the next step; null: ongoing. */
  months: number | null;
}

/** A service level objective, as people write it. What is measured of it lives in the ledger. */
export interface SloDefinition {
  /** Lower-case words joined by dashes; with the service, the SLO's key everywhere. */
  name: string;
  description: string;
  service: string | null;
  node: string | null;
  owner: string | null;
  tier: ServiceTier | null;
  sli: Sli;
  budgeting: Budgeting;
  objectives: Objective[];
  /** Labels that split the SLO into groups with a budget each; empty: one budget. */
  groupBy: string[];
  exclusions: Exclusions;
  alertTiers: AlertTier[];
  /** Fewer bad events than this in the long window never alert. */
  minimumBadEvents: number;
  onMissing: OnMissing;
  runbookUrl: string | null;
  /** Progressive targets of the first objective; empty: the target stays. */
  phases: Phase[];
}

/**
 * The one key of an SLO: rules, alerts and the evaluator all name it so, hence nothing pages twice. A node, or a journey,
 * that is called like a service has a key of its own.
 */
export function sloKey({ service, node, name }: Pick<SloDefinition, "service" | "node" | "name">): string {
  if (service !== null) return `${service}/${name}`;
  return node !== null ? `node:${node}/${name}` : `journey:${name}`;
}
