import { z } from "zod";
import { SLO_STATUSES } from "#lib/domain/slo/status/axes.ts";
import { CatalogueName } from "./catalogue.ts";
import { Decision, Lane, Risk } from "./gate-policy.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);
const webAddress = z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).max(2_000);

/** What is changed; what is left out is "not stated", which the policy may count against it. */
export const Change = z.strictObject({
  linesChanged: z.int().min(0).max(100_000_000).optional(),
  /** The schema of a store changes. */
  migration: z.boolean().optional(),
  /** It can be taken back at once. */
  rollbackReady: z.boolean().optional(),
  /** Services that call this one. */
  dependents: z.int().min(0).max(10_000).optional(),
  summary: visibleText(500).optional(),
  links: z.array(webAddress).max(20).optional(),
});
export type Change = z.infer<typeof Change>;

/** A class of change with its own rules; without proof it is an ordinary change. */
export const LaneRequest = z.discriminatedUnion("kind", [
  /** The advisory it answers: "CVE-2026-12345", an address. */
  z.strictObject({ kind: z.literal("security"), advisory: visibleText(200) }),
  /** The open P1 incident of this service that it ends. */
  z.strictObject({ kind: z.literal("p1_fix"), incident: id }),
  /** Back to a version that ran well before. */
  z.strictObject({ kind: z.literal("rollback") }),
]);
export type LaneRequest = z.infer<typeof LaneRequest>;

const version = visibleText(128);
const commit = z
  .string()
  .toLowerCase()
  .regex(/^[0-9a-f]{7,64}$/, "must be a commit's hash, 7 to 64 hexadecimal digits");

/** "May this go out now?" With `version` and `commit` it is also asked for: a release that people can approve. */
export const EvaluateGate = z
  .strictObject({
    service: CatalogueName,
    version: version.optional(),
    commit: commit.optional(),
    change: Change.default({}),
    declaredRisk: Risk.optional(),
    lane: LaneRequest.optional(),
    /** Answer 202 with the release's address where somebody has to decide, or the budget to recover. */
    wait: z.boolean().default(false),
  })
  .superRefine(({ version: named, commit: of, wait }, context) => {
    const missing = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (named === undefined && of !== undefined) missing("version", "is needed with a commit");
    if (named !== undefined && of === undefined) missing("commit", "is needed with a version");
    if (wait && named === undefined) missing("version", "is needed to wait for a decision");
  });
export type EvaluateGate = z.infer<typeof EvaluateGate>;

export const GateStatus = z.enum([...SLO_STATUSES, "insufficient_data"]);

const RiskScore = z.object({
  score: z.int(),
  scored: Risk,
  declared: Risk.nullable(),
  effective: Risk,
  parts: z.array(z.object({ input: z.string(), stated: z.string(), points: z.int() })),
});

/** The gate's answer: a decision that explains itself, and the record that proves it. */
export const GateAnswer = z.object({
  decision: Decision,
  status: GateStatus,
  /** The effective risk; the sum behind it is in `score`. */
  risk: Risk,
  score: RiskScore,
  rationale: z.array(z.string()),
  conditions: z.array(z.object({ decision: Decision, when: z.string() })),
  alternatives: z.array(z.object({ decision: Decision.nullable(), how: z.string() })),
  /** What was decided on: per SLO its status and figures, and what stands around the service. */
  inputs: z.record(z.string(), z.unknown()),
  lane: z.object({ kind: Lane, used: z.boolean(), refusedBecause: z.string().nullable() }).nullable(),
  service: z.string(),
  version: z.string().nullable(),
  commit: z.string().nullable(),
  policyVersion: z.int(),
  decidedAt: moment,
  recordId: id,
  seq: z.int(),
  hash: z.string(),
  /** The release it belongs to; null where only a question was asked. */
  releaseId: id.nullable(),
});
export type GateAnswer = z.infer<typeof GateAnswer>;
