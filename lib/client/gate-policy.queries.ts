import { queryOptions } from "@tanstack/react-query";
import type { DecideProposal, PolicyProposal, ProposePolicy, Replay } from "#lib/contracts/gate-policies.ts";
import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { fetchJson } from "./fetch-json.ts";

const asGatePolicyAnswer = async () =>
  (await import("#lib/contracts/gate-policy-routes.ts")).GatePolicyAnswer;
const asGateProposalsAnswer = async () =>
  (await import("#lib/contracts/gate-policy-routes.ts")).GateProposalsAnswer;
const asGateVersionsAnswer = async () =>
  (await import("#lib/contracts/gate-policy-routes.ts")).GateVersionsAnswer;
const asProposalAnswer = async () => (await import("#lib/contracts/gate-policy-routes.ts")).ProposalAnswer;
const asReplay = async () => (await import("#lib/contracts/gate-policies.ts")).Replay;

/** Whatever changes the policy has everything under this key asked again. */
export const GATE_POLICY_KEY = "gate-policy";
const PATH = "/api/v1/policies/gate";
const REFETCH_MS = 30_000;

const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** What the gate decides by now. */
export const gatePolicyQuery = queryOptions({
  queryKey: [GATE_POLICY_KEY, "in-force"],
  refetchInterval: REFETCH_MS,
  queryFn: async ({ signal }) => (await fetchJson(asGatePolicyAnswer, PATH, { signal })).policy,
});

/** Proposals, open ones first. */
export const proposalsQuery = queryOptions({
  queryKey: [GATE_POLICY_KEY, "proposals"],
  refetchInterval: REFETCH_MS,
  queryFn: async ({ signal }) =>
    (await fetchJson(asGateProposalsAnswer, `${PATH}/proposals`, { signal })).data.proposals,
});

/** Every version, newest first. */
export const gateVersionsQuery = queryOptions({
  queryKey: [GATE_POLICY_KEY, "versions"],
  refetchInterval: REFETCH_MS,
  queryFn: async ({ signal }) =>
    (await fetchJson(asGateVersionsAnswer, `${PATH}/versions`, { signal })).data.versions,
});

/** Proposes a policy. Throws a ProblemError; `conflict` carries the policy in force. */
export async function proposePolicy(wanted: ProposePolicy): Promise<PolicyProposal> {
  return (await fetchJson(asProposalAnswer, `${PATH}/proposals`, post(wanted))).proposal;
}

/** Publishes, refuses or withdraws a proposal. Throws a ProblemError. */
export async function decideProposal({ proposal, verdict }: DecideProposal): Promise<PolicyProposal> {
  const address = `${PATH}/proposals/${encodeURIComponent(proposal)}/decision`;
  return (await fetchJson(asProposalAnswer, address, post({ verdict }))).proposal;
}

/** What a policy would have decided. Throws a ProblemError. */
export function replayPolicy(document: GatePolicyDocument): Promise<Replay> {
  return fetchJson(asReplay, `${PATH}/replay`, post({ document }));
}
