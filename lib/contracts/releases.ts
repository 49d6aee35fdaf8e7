import { z } from "zod";
import { RELEASE_STATES } from "#lib/domain/gate/release-states.ts";
import { CatalogueName } from "./catalogue.ts";
import { Change, GateAnswer, GateStatus, LaneRequest } from "./gate.ts";
import { Rates } from "./gate-policies.ts";
import { Decision, Risk } from "./gate-policy.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);
const reason = visibleText(1_000);

export const ReleaseState = z.enum(RELEASE_STATES);
export type ReleaseState = z.infer<typeof ReleaseState>;

export const ReleaseApproval = z.object({
  id,
  kind: z.enum(["review", "override"]),
  verdict: z.enum(["approved", "rejected"]),
  reason: z.string(),
  by: Person,
  at: moment,
  /** Of a decision that a later one has replaced: it counts no more. */
  stale: z.boolean(),
});

const Burns = z.object({ slo: z.string(), before: z.number().nullable(), after: z.number().nullable() });
/** What a release did within an hour and a day of going out. */
export const Outcome = z.object({
  afterHours: z.union([z.literal(1), z.literal(24)]),
  at: moment,
  burns: z.array(Burns),
  /** Whether the burn rose above 1 and above what it was before; null without data on either side. */
  burned: z.boolean().nullable(),
  alerts: z.int().nullable(),
  rolledBack: z.boolean(),
});
export type Outcome = z.infer<typeof Outcome>;

export const Release = z.object({
  id,
  service: z.string(),
  version: z.string(),
  commit: z.string(),
  state: ReleaseState,
  open: z.boolean(),
  change: Change,
  declaredRisk: Risk.nullable(),
  lane: LaneRequest.nullable(),
  requestedBy: Person,
  requestedAt: moment,
  decision: Decision.nullable(),
  decidedAt: moment.nullable(),
  /** The number of the decision's record: what people say answers it. */
  decisionSeq: z.int().nullable(),
  status: GateStatus.nullable(),
  /** The effective risk. */
  risk: Risk.nullable(),
  /** The first reason of the decision. */
  because: z.string().nullable(),
  /** While it is approved: until when it may begin to go out. */
  leaseUntil: moment.nullable(),
  askAgainAt: moment.nullable(),
  expiresAt: moment.nullable(),
  /** Why a running deploy has to stop; poll it. */
  haltReason: z.string().nullable(),
  deployStartedAt: moment.nullable(),
  deployFinishedAt: moment.nullable(),
  outcomes: z.array(Outcome),
  approvals: z.array(ReleaseApproval),
  /** What whoever asks may do to it now. */
  may: z.object({
    review: z.boolean(),
    override: z.boolean(),
    withdraw: z.boolean(),
    /** Why neither: "you asked for it yourself". */
    whyNot: z.string().nullable(),
  }),
  /** People who said yes to an override so far, of the two that it takes. */
  overrides: z.int(),
  revision: z.int(),
});
export type Release = z.infer<typeof Release>;

export const ReleaseDetail = Release.extend({ verdict: GateAnswer.nullable() });
export type ReleaseDetail = z.infer<typeof ReleaseDetail>;

export const RequestRelease = z.strictObject({
  service: CatalogueName,
  version: visibleText(128),
  commit: z.string().regex(/^[0-9a-fA-F]{7,64}$/, "must be a commit's hash, 7 to 64 hexadecimal digits"),
  change: Change.default({}),
  declaredRisk: Risk.optional(),
  lane: LaneRequest.optional(),
});
export type RequestRelease = z.infer<typeof RequestRelease>;

const flag = z.enum(["true", "false"]).transform((text) => text === "true");
export const ListReleases = z.strictObject({
  q: z.string().max(200).optional(),
  service: z.string().min(1).max(253).optional(),
  state: ReleaseState.optional(),
  open: flag.optional(),
  from: moment.optional(),
  to: moment.optional(),
  /** The id after which the page begins, newest first. */
  cursor: id.optional(),
});
export type ListReleases = z.infer<typeof ListReleases>;
export const ReleasePage = z.object({
  data: z.object({ releases: z.array(Release) }),
  nextCursor: z.string().nullable(),
});
export type ReleasePage = z.infer<typeof ReleasePage>;
export const OneRelease = z.strictObject({ id });

/** A yes or a no to the decision that was looked at. */
export const ApproveRelease = z.strictObject({
  id,
  kind: z.enum(["review", "override"]),
  verdict: z.enum(["approved", "rejected"]),
  reason,
  /** The number of the decision it answers: one made meanwhile answers 409. */
  decisionSeq: z.int().min(1),
});
export type ApproveRelease = z.infer<typeof ApproveRelease>;

/** What CI says of a deploy. `start` asks the gate once more and may be refused. */
export const ReportDeploy = z.strictObject({
  id,
  event: z.enum(["start", "finish", "fail", "roll_back"]),
  commit: z.string().max(64).toLowerCase().optional(),
  note: visibleText(500).optional(),
});
export type ReportDeploy = z.infer<typeof ReportDeploy>;
export const WithdrawRelease = z.strictObject({ id, reason });
export type WithdrawRelease = z.infer<typeof WithdrawRelease>;

export const DoraQuery = z.strictObject({
  service: CatalogueName.optional(),
  days: z.coerce.number().int().min(1).max(366).default(30),
});
/** DORA's four figures; null where nothing was delivered to count. */
export const Dora = z.object({
  service: z.string().nullable(),
  days: z.int(),
  n: z.int(),
  deploysPerDay: z.number().nullable(),
  leadTimeSeconds: z.number().nullable(),
  changeFailureRatio: z.number().nullable(),
  timeToRestoreSeconds: z.number().nullable(),
  /** Of those that went out: how many have an outcome that says whether they burned. */
  outcomesKnown: z.int(),
});
export type Dora = z.infer<typeof Dora>;

/** Releases that the gate was wrong about: it let one go out that ended badly, or held one back that ended well. */
const Mistake = z.object({
  kind: z.enum(["false_approval", "false_block"]),
  releaseId: id,
  service: z.string(),
  version: z.string(),
  requestedAt: moment,
});
export const MOST_MISTAKES_SHOWN = 20;

/** How the gate did on the releases asked for within so many days. No rate where nothing is known: `known` is 0 then. */
export const GateRecord = z.object({
  service: z.string().nullable(),
  days: z.int(),
  /** Asked for in that time and decided on. */
  releases: z.int(),
  ...Rates.shape,
  /** The newest of those it was wrong about. */
  mistakes: z.array(Mistake).max(MOST_MISTAKES_SHOWN),
  /** Versions that were seen to run without the gate having cleared them. */
  wentOutUncleared: z.int(),
});
export type GateRecord = z.infer<typeof GateRecord>;
