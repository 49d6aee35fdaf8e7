import { z } from "zod";
import { DECISION_KINDS } from "#lib/domain/gate/decision-kinds.ts";
import { Decision } from "./gate-policy.ts";
import { Person } from "./slos.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);
const seq = z.coerce.number().int().min(1);

export const DecisionKind = z.enum(DECISION_KINDS);
export type DecisionKind = z.infer<typeof DecisionKind>;

/** A record of the log. Its hash covers all of it and the hash of the one before. */
export const DecisionRecord = z.object({
  seq: z.int(),
  id,
  at: moment,
  kind: DecisionKind,
  /** Empty for what concerns all services. */
  service: z.string(),
  releaseId: id.nullable(),
  actor: Person,
  decision: Decision.nullable(),
  /** Of an evaluation: request, facts, policy version and hash, verdict, exact queries, ledger slots. */
  body: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export type DecisionRecord = z.infer<typeof DecisionRecord>;

export const ListDecisions = z.strictObject({
  service: z.string().min(1).max(253).optional(),
  release: id.optional(),
  kind: DecisionKind.optional(),
  decision: Decision.optional(),
  from: moment.optional(),
  to: moment.optional(),
  /** The number before which the page begins, newest first. */
  cursor: seq.optional(),
});
export type ListDecisions = z.infer<typeof ListDecisions>;
/** The same filters for a file: as lines of JSON, each with the very text that was hashed, or as CSV for a spreadsheet. */
export const ExportDecisions = ListDecisions.omit({ cursor: true }).extend({
  format: z.enum(["jsonl", "csv"]),
});
export type ExportDecisions = z.infer<typeof ExportDecisions>;
export const DecisionPage = z.object({
  data: z.object({ decisions: z.array(DecisionRecord) }),
  nextCursor: z.int().nullable(),
});
export type DecisionPage = z.infer<typeof DecisionPage>;
export const OneDecision = z.strictObject({ record: id });

export const DecisionsVerdict = z.object({
  ok: z.boolean(),
  records: z.int(),
  head: z.string().nullable(),
  firstBroken: z.object({ seq: z.int(), why: z.string() }).optional(),
});
export type DecisionsVerdict = z.infer<typeof DecisionsVerdict>;

/** The same facts decided again, under the policy of then. */
export const Recomputed = z.object({
  same: z.boolean(),
  recorded: Decision,
  recomputed: Decision,
  /** What differs, by path; empty when it is the same. */
  differences: z.array(z.string()),
  /** Whether its reasons would be put in other words now; that is no difference. */
  reworded: z.boolean(),
});
export type Recomputed = z.infer<typeof Recomputed>;
