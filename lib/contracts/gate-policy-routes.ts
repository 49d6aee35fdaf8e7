import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";
import * as policies from "./gate-policies.ts";

const Nothing = z.strictObject({});
export const ProposalAnswer = z.object({ proposal: policies.PolicyProposal });
export const GatePolicyAnswer = z.object({ policy: policies.GatePolicyInForce });
export const GateVersionsAnswer = z.object({
  data: z.object({ versions: z.array(policies.VersionedGatePolicy) }),
});
export const GateProposalsAnswer = z.object({
  data: z.object({ proposals: z.array(policies.PolicyProposal) }),
});

/** The addresses of the gate's policy: what is in force, what is proposed, and what a proposal would have decided. */
export const GATE_POLICY_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/policies/gate",
    access: "releases:read",
    summary: "The policy that the gate decides by",
    input: Nothing,
    output: GatePolicyAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/policies/gate/versions",
    access: "releases:read",
    summary: "Every version of it, newest first, with who wrote and who published it",
    input: Nothing,
    output: GateVersionsAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/policies/gate/proposals",
    access: "releases:read",
    summary: "Proposals, open ones first",
    input: Nothing,
    output: GateProposalsAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/policies/gate/proposals",
    access: "gate-policy:write",
    summary: "Propose a policy; one made from a version that is no longer in force answers 409",
    input: policies.ProposePolicy,
    output: ProposalAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/policies/gate/proposals/{proposal}/decision",
    access: "gate-policy:write",
    summary: "Publish a proposal (not one's own), refuse it, or withdraw one's own",
    input: policies.DecideProposal,
    output: ProposalAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/policies/gate/replay",
    access: "gate-policy:write",
    summary: "What a policy would have decided on every recorded evaluation, and how often it would be wrong",
    input: policies.ReplayPolicy,
    output: policies.Replay,
  },
];
