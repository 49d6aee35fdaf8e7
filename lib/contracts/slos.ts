import { z } from "zod";
import { SLI_KINDS } from "#lib/domain/slo/definition/sli.ts";
import { Tier } from "./cluster.ts";
import { Budget, BudgetGraphs, SloStatus, TierKey } from "./slo-budgets.ts";
import { SloDefinition } from "./slo-definition.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const figure = z.number().nullable();
const id = z.string().min(1).max(64);
const search = z.string().max(200).optional();

export const SLO_SOURCES = ["ui", "file"] as const;

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
  sli: z.enum(SLI_KINDS),
  /** The version in force; 0 while there is only a draft. */
  version: z.int(),
  /** Counts every change, those of the draft too. */
  revision: z.int(),
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

/** An opaque id, with the name where the person is still known. */
export const Person = z.object({ id: z.string(), name: z.string().nullable() });

export const SloVersionEntry = z.object({
  version: z.int(),
  from: moment,
  by: Person,
  reason: z.string().nullable(),
});

export const SloDetail = z.object({
  ...head,
  definition: SloDefinition.nullable(),
  draft: z.object({ definition: SloDefinition, by: Person }).nullable(),
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
/**
 * `version` is the one that was read, and `revision` where drafts count too; 409 answers when it is no longer
 * current. A lower target needs a reason.
 */
export const PatchSlo = z.strictObject({
  id,
  version: z.int().min(0),
  revision: z.int().optional(),
  definition: SloDefinition,
  draft: z.boolean().optional(),
  reason: reason.optional(),
});
/** Puts the draft in force. */
export const PublishSlo = z.strictObject({ id, revision: z.int().min(1), reason: reason.optional() });
export const DeleteSlo = z.strictObject({ id, reason: reason.optional() });

/** What became of a definition: a version in force, or a draft beside it. */
export const SavedSlo = z.object({ id, version: z.int(), draft: z.boolean() });
export type SavedSlo = z.infer<typeof SavedSlo>;

export const PreviewSlo = z.strictObject({ definition: SloDefinition, id: id.optional() });
const Issue = z.object({ path: z.string(), message: z.string() });
const group = z.record(z.string(), z.string());
/** What a definition would have shown over the last 30 days, or its window where that is longer. */
export const Preview = z.object({
  /** What keeps it from being saved; nothing is measured then. */
  issues: z.array(Issue),
  /** Why it could be saved, but not be measured. */
  problem: z.string().nullable(),
  budgets: z.array(Budget),
  /** For each objective, of the group with the least left. */
  graphs: z.array(BudgetGraphs.pick({ trailing: true, sli: true }).extend({ objective: z.int(), group })),
  /** The alerts that would have fired for those groups. */
  alerts: z.array(
    z.object({
      objective: z.int(),
      group,
      tier: TierKey,
      times: z.array(z.object({ fromMs: z.number(), toMs: z.number() })),
    }),
  ),
  queries: z.array(z.object({ name: z.string(), expr: z.string() })),
});
export type Preview = z.infer<typeof Preview>;

/** SLOs worth having for what was discovered, each with its reasons. */
export const ProposeSlos = z.strictObject({ service: search, node: search });
export type ProposeSlos = z.infer<typeof ProposeSlos>;
export const Proposal = z.object({
  definition: SloDefinition,
  exists: z.boolean(),
  tier: z.object({ tier: Tier.nullable(), rationale: z.array(z.string()) }),
  reasons: z.array(z.string()),
  /** What was measured over the last 30 days. */
  measured: z.object({ goodRatio: figure, coverage: z.string().nullable() }),
});
export type Proposal = z.infer<typeof Proposal>;

export const EXPORT_FORMATS = ["prometheus", "openslo", "sloth", "grafana", "burnline"] as const;
export const ExportSlo = z.strictObject({ id, format: z.enum(EXPORT_FORMATS) });
const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
/** A lowered target needs a reason, here as elsewhere. */
export const ImportSlos = z.strictObject({
  text: z.string().max(900_000),
  dryRun: flag.default(false),
  reason: reason.optional(),
});
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
