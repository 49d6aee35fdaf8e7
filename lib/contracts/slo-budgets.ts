import { z } from "zod";
import { SPEND_DIMENSIONS } from "#lib/domain/slo/budget/attribution.ts";
import { TIER_KEYS } from "#lib/domain/slo/alerts/tiers.ts";
import { SLO_STATUSES } from "#lib/domain/slo/status/axes.ts";

const moment = z.iso.datetime();
const figure = z.number().nullable();
const id = z.string().min(1).max(64);
/** In a query string a number comes as text. */
const index = z.coerce.number().int().min(0).max(9);

export const SloStatus = z.enum(SLO_STATUSES);
export type SloStatus = z.infer<typeof SloStatus>;
export const TierKey = z.enum(TIER_KEYS);

const TierState = z.object({
  key: TierKey,
  action: z.enum(["page", "ticket"]),
  longMinutes: z.number(),
  shortMinutes: z.number(),
  factor: z.number(),
  /** The share of the budget gone when the tier alerts. */
  spendRatio: z.number(),
  disabledReason: z.string().nullable(),
  firing: z.boolean(),
  longBurnRate: figure,
  shortBurnRate: figure,
  /** What the long window has spent. */
  budgetSpendRatio: figure,
});
export type TierState = z.infer<typeof TierState>;

/** One objective of one group, with DOMAIN's figures; null is "no data", never 0. */
export const Budget = z.object({
  objective: z.int(),
  target: z.number(),
  /** "30d", "month Europe/Berlin". */
  window: z.string(),
  /** The labels of the group; empty where the SLO is not split. */
  group: z.record(z.string(), z.string()),
  status: SloStatus,
  /** Since when the status is shown. */
  since: moment,
  atRisk: z.boolean(),
  /** Too few bad events to call it worse than attention. */
  lowTraffic: z.boolean(),
  budgetConsumedRatio: figure,
  budgetRemainingRatio: figure,
  budgetRemainingEvents: figure,
  budgetRemainingMinutes: figure,
  budgetMinutes: z.number(),
  timeToExhaustionSeconds: figure,
  lasts: z.boolean(),
  paceRatio: figure,
  /** By look-back: "5m", "30m", "1h", "2h", "6h", "1d", "3d" and "window". */
  errorRatio: z.record(z.string(), figure),
  burnRate: z.record(z.string(), figure),
  sustainedBurnRate: figure,
  /** Over the window. */
  bad: figure,
  total: figure,
  /** "12 d of 30 d", or null when all slots so far have data. */
  coverage: z.string().nullable(),
  tiers: z.array(TierState),
  /** An exclusion holds at this moment. */
  silenced: z.boolean(),
});
export type Budget = z.infer<typeof Budget>;

/** One objective and group of an SLO, by its index and the group's labels as JSON. */
const oneBudget = { id, objective: index.default(0), group: z.string().max(1_000).default("{}") };
export const BudgetQuery = z.strictObject(oneBudget);
export type BudgetQuery = z.infer<typeof BudgetQuery>;

/** Values at `startMs + i * stepMs`; null is a gap. */
const Line = z.array(figure);
export const BudgetGraphs = z.object({
  budget: Budget,
  /** "Trailing budget": what was left over the trailing window at each time. */
  trailing: z.object({ timesMs: z.array(z.number()), budgetRemainingRatio: Line }),
  /** "Burn-down": this period to date. */
  burnDown: z.object({
    timesMs: z.array(z.number()),
    budgetRemainingRatio: Line,
    idealRemainingRatio: Line,
    projectedRemainingRatio: Line,
  }),
  /** The SLI over the window: good ratio and events per step. */
  sli: z.object({ timesMs: z.array(z.number()), goodRatio: Line, bad: Line, total: Line }),
  annotations: z.array(
    z.object({
      atMs: z.number(),
      untilMs: z.number().nullable(),
      kind: z.enum(["target", "version", "exclusion", "correction", "deploy", "incident", "note"]),
      text: z.string(),
    }),
  ),
});
export type BudgetGraphs = z.infer<typeof BudgetGraphs>;

/** One figure, spelled out: formula, what stands in it, and where that comes from. */
export const Explanation = z.object({
  budget: Budget,
  figures: z.array(
    z.object({
      name: z.string(),
      formula: z.string(),
      /** The formula with its figures. */
      worked: z.string(),
      value: figure,
      unit: z.enum(["ratio", "rate", "events", "minutes", "seconds"]),
    }),
  ),
  /** Sums per look-back, as the formulas take them; `raw` without exclusions and corrections. */
  sums: z.array(
    z.object({
      lookBack: z.string(),
      fromMs: z.number(),
      toMs: z.number(),
      bad: z.number(),
      total: figure,
      coveredSlots: z.int(),
      excludedSlots: z.int(),
      raw: z.object({ bad: z.number(), total: figure }),
    }),
  ),
  /** The newest slots, newest last; null is a gap. */
  slots: z.array(
    z.object({
      startMs: z.number(),
      bad: figure,
      total: figure,
      excluded: z.boolean(),
      provisional: z.boolean(),
    }),
  ),
  /** What is asked of the source for a slot; `$window` is written out. */
  queries: z.array(z.object({ name: z.string(), expr: z.string() })),
});
export type Explanation = z.infer<typeof Explanation>;

export const SpendQuery = z.strictObject({ ...oneBudget, by: z.enum(SPEND_DIMENSIONS) });
export type SpendQuery = z.infer<typeof SpendQuery>;
/** Who spent the budget, the biggest first; a null name is what no part accounts for. */
export const Spend = z.object({
  by: z.enum(SPEND_DIMENSIONS),
  label: z.string(),
  parts: z.array(
    z.object({
      name: z.string().nullable(),
      bad: z.number(),
      badShare: z.number(),
      errorRatio: figure,
      budgetConsumedRatio: figure,
      /** Of the newest 6 hours, within the part. */
      burnRate: figure,
    }),
  ),
  query: z.string(),
  /** Why nobody can be named; null when somebody can. */
  unsplittableReason: z.string().nullable(),
});
export type Spend = z.infer<typeof Spend>;

/** A look at the status of then. */
export const Snapshot = z.object({
  at: moment,
  objective: z.int(),
  group: z.record(z.string(), z.string()),
  status: SloStatus,
  /** The status before, where this is a change; null for the hourly ones. */
  previousStatus: SloStatus.nullable(),
  budgetRemainingRatio: figure,
  burnRate6h: figure,
});
export type Snapshot = z.infer<typeof Snapshot>;
/** What a budget showed over the last 30 days, oldest first. */
export const SloHistory = z.object({ snapshots: z.array(Snapshot) });
export type SloHistory = z.infer<typeof SloHistory>;
