import { z } from "zod";
import { TIER_KEYS } from "#lib/domain/slo/alerts/tiers.ts";
import { SLO_STATUSES } from "#lib/domain/slo/status/axes.ts";
import { Tier } from "./cluster.ts";
import { ExclusionWindow, SloDefinition } from "./slo-definition.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const figure = z.number().nullable();
const id = z.string().min(1).max(64);
const search = z.string().max(200).optional();
/** In a query string a number comes as text. */
const index = z.coerce.number().int().min(0).max(9);

export const SloStatus = z.enum(SLO_STATUSES);
export type SloStatus = z.infer<typeof SloStatus>;
export const SLO_SOURCES = ["ui", "file"] as const;
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

const head = {
  id,
  /** "checkout/availability": the same in rules, alerts and files. */
  key: z.string(),
  name: z.string(),
  description: z.string(),
  service: z.string().nullable(),
  node: z.string().nullable(),
  owner: z.string().nullable(),
  tier: Tier.nullable(),
  sli: z.string(),
  /** The version in force; 0 while there is only a draft. */
  version: z.int(),
  source: z.enum(SLO_SOURCES),
  hasDraft: z.boolean(),
  status: SloStatus,
  objectives: z.array(z.object({ target: z.number(), window: z.string() })),
  groups: z.array(z.record(z.string(), z.string())),
  /** History fetched so far, 0..1; null when all of it is there. */
  backfillRatio: figure,
  /** Why it cannot be measured; null when it can. */
  problem: z.string().nullable(),
  evaluatedAt: moment.nullable(),
};

/** An SLO in a list: its worst objective and group stand for it. */
export const SloEntry = z.object({ ...head, worst: Budget.nullable(), firing: z.array(TierKey) });
export type SloEntry = z.infer<typeof SloEntry>;

export const SloVersionEntry = z.object({
  version: z.int(),
  from: moment,
  /** An opaque id, with the name where the person is still known. */
  by: z.object({ id: z.string(), name: z.string().nullable() }),
  reason: z.string().nullable(),
});

export const SloDetail = z.object({
  ...head,
  definition: SloDefinition.nullable(),
  draft: z.object({ definition: SloDefinition, version: z.int(), by: z.string() }).nullable(),
  versions: z.array(SloVersionEntry),
  budgets: z.array(Budget),
});
export type SloDetail = z.infer<typeof SloDetail>;

export const ListSlos = z.strictObject({
  q: search,
  service: search,
  node: search,
  owner: search,
  tier: Tier.optional(),
  status: SloStatus.optional(),
});
export type ListSlos = z.infer<typeof ListSlos>;
export const OneSlo = z.strictObject({ id });
export type OneSlo = z.infer<typeof OneSlo>;

const reason = visibleText(500);
/** Saves a new SLO: in force at once for who may publish, else, or when asked, as a draft. */
export const CreateSlo = z.strictObject({ definition: SloDefinition, draft: z.boolean().optional() });
/** `version` is the one that was read; 409 answers when it is no longer current. A lower target needs a reason. */
export const PatchSlo = z.strictObject({
  id,
  version: z.int().min(0),
  definition: SloDefinition,
  draft: z.boolean().optional(),
  reason: reason.optional(),
});
export const PublishSlo = z.strictObject({ id, version: z.int().min(1), reason: reason.optional() });
export const DeleteSlo = z.strictObject({ id, reason: reason.optional() });

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

export const SPEND_DIMENSIONS = ["route", "status", "instance", "node"] as const;
export const SpendQuery = z.strictObject({ ...oneBudget, by: z.enum(SPEND_DIMENSIONS) });
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

export const PreviewSlo = z.strictObject({ definition: SloDefinition, id: id.optional() });
const Issue = z.object({ path: z.string(), message: z.string() });
/** What a definition would have shown over the last 30 days, or its window where that is longer. */
export const Preview = z.object({
  issues: z.array(Issue),
  /** Null when the definition has issues or nothing could be measured. */
  budgets: z.array(Budget),
  graphs: z.array(BudgetGraphs.pick({ trailing: true, sli: true })),
  alerts: z.array(
    z.object({
      objective: z.int(),
      tier: TierKey,
      times: z.array(z.object({ fromMs: z.number(), toMs: z.number() })),
    }),
  ),
  queries: z.array(z.object({ name: z.string(), expr: z.string() })),
  coverage: z.string().nullable(),
});
export type Preview = z.infer<typeof Preview>;

/** SLOs worth having for what was discovered, each with its reasons. */
export const ProposeSlos = z.strictObject({ service: search, node: search });
export const Proposal = z.object({
  definition: SloDefinition,
  exists: z.boolean(),
  tier: z.object({ tier: Tier.nullable(), rationale: z.array(z.string()) }),
  reasons: z.array(z.string()),
  /** What was measured over the last 30 days. */
  measured: z.object({ goodRatio: figure, coverage: z.string().nullable() }),
});
export type Proposal = z.infer<typeof Proposal>;

const span = { fromMs: z.int(), toMs: z.int() };
/** What people add to a ledger; what was measured is never changed. */
export const EntryFact = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("exclusion"), window: ExclusionWindow }),
  z.strictObject({
    kind: z.literal("correction"),
    ...span,
    /** Spread evenly over the slots of the span. */
    badDelta: z.number(),
    totalDelta: z.number(),
    reason,
  }),
  z.strictObject({ kind: z.literal("note"), fromMs: z.int(), reason }),
]);
export type EntryFact = z.infer<typeof EntryFact>;
export const CreateEntry = z.strictObject({ id, fact: EntryFact });
export const OneEntry = z.strictObject({ id, entry: id });
/** `proposed` waits for a second person; only what is `in_force` counts. */
export const LedgerEntry = z.object({
  id,
  fact: EntryFact,
  state: z.enum(["proposed", "in_force", "withdrawn"]),
  at: moment,
  by: z.object({ id: z.string(), name: z.string().nullable() }),
  approvedBy: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

export const EXPORT_FORMATS = ["prometheus", "openslo", "sloth", "grafana"] as const;
export const ExportSlo = z.strictObject({ id, format: z.enum(EXPORT_FORMATS) });
const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
export const ImportSlos = z.strictObject({ text: z.string().max(900_000), dryRun: flag.default(false) });
export const ImportAnswer = z.object({
  dryRun: z.boolean(),
  changes: z.array(
    z.object({
      key: z.string(),
      change: z.enum(["create", "update", "same"]),
      differences: z.array(z.object({ path: z.string(), before: z.string(), after: z.string() })),
      warnings: z.array(z.string()),
    }),
  ),
  /** With problems nothing is changed. */
  problems: z.array(z.object({ line: z.int(), column: z.int(), path: z.string(), message: z.string() })),
});
export type ImportAnswer = z.infer<typeof ImportAnswer>;
