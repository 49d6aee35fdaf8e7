import { z } from "zod";
import { Decision, GatePolicyDocument, Risk } from "./gate-policy.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);
const version = z.int().min(0);
const hash = z.string();

const Problem = z.object({ path: z.string(), message: z.string() });

/** A policy of the gate with its number; 0 is the one that Burnline comes with, which nobody wrote. */
export const VersionedGatePolicy = z.object({
  version,
  document: GatePolicyDocument,
  /** SHA-256 of its canonical JSON. */
  hash,
  author: Person.nullable(),
  publishedBy: Person.nullable(),
  publishedAt: moment.nullable(),
  reason: z.string().nullable(),
});
export type VersionedGatePolicy = z.infer<typeof VersionedGatePolicy>;

/** What the gate decides by now. `problems` is what today's rules for policies find wrong with it. */
export const GatePolicyInForce = VersionedGatePolicy.extend({
  document: z.unknown().transform((document) => document as GatePolicyDocument),
  problems: z.array(Problem),
});
export type GatePolicyInForce = z.infer<typeof GatePolicyInForce>;

export const PROPOSAL_STATES = ["open", "published", "refused", "withdrawn"] as const;
export const PolicyProposal = z.object({
  id,
  document: GatePolicyDocument,
  baseVersion: version,
  /** Another version is in force by now: it cannot be published any more. */
  stale: z.boolean(),
  reason: z.string(),
  proposedBy: Person,
  proposedAt: moment,
  state: z.enum(PROPOSAL_STATES),
  decidedBy: Person.nullable(),
  decidedAt: moment.nullable(),
});
export type PolicyProposal = z.infer<typeof PolicyProposal>;

const document = z.record(z.string(), z.unknown());
/** A policy and the version that it was made from. */
export const ProposePolicy = z.strictObject({ document, baseVersion: version, reason: visibleText(1_000) });
export type ProposePolicy = z.infer<typeof ProposePolicy>;

/** Publishing takes another person than proposed it; whoever proposed it may withdraw it. */
export const DecideProposal = z.strictObject({
  proposal: id,
  verdict: z.enum(["publish", "refuse", "withdraw"]),
});
export type DecideProposal = z.infer<typeof DecideProposal>;

export const ReplayPolicy = z.strictObject({ document });
export type ReplayPolicy = z.infer<typeof ReplayPolicy>;

/** What decided: the strictest cell of the matrix, or trouble around the service. */
const Deciding = z.object({ what: z.string(), risk: Risk });

export const Flip = z.object({
  seq: z.int(),
  recordId: id,
  service: z.string(),
  releaseId: id.nullable(),
  at: moment,
  from: Decision,
  to: Decision,
  was: Deciding,
  would: Deciding,
});
export type Flip = z.infer<typeof Flip>;

/** How often a policy was wrong, as far as it is known: `wrong` of `known`; `unknown` is neither. */
/** `wrong` of `known`; what nobody knows the end of counts for neither. */
export const Rate = z.object({ wrong: z.int(), known: z.int(), unknown: z.int() });
export const Rates = z.object({
  /** Let go out, and it burned or was rolled back. */
  falseApprovals: Rate,
  /** Held back for review, later or for good, and when it went out all the same nothing burned. */
  falseBlocks: Rate,
});
export type Rates = z.infer<typeof Rates>;

const Hours = z.record(Decision, z.int());
export const Replay = z.object({
  evaluated: z.int(),
  /** Of the log: false where time ran out before its beginning; the newest are looked at first. */
  complete: z.boolean(),
  since: moment.nullable(),
  flips: z.int(),
  /** The newest of them. */
  flipped: z.array(Flip),
  moves: z.array(z.object({ from: Decision, to: Decision, count: z.int() })),
  releases: z.int(),
  recorded: Rates,
  candidate: Rates,
  /** Of the ledger's last 30 days: hours of services in which a change of each risk would have got each decision. */
  history: z.array(z.object({ risk: Risk, inForce: Hours, candidate: Hours })),
});
export type Replay = z.infer<typeof Replay>;
