import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  type DecideProposal,
  GatePolicyInForce,
  PolicyProposal,
  type ProposePolicy,
  Replay,
  VersionedGatePolicy,
} from "#lib/contracts/gate-policies.ts";
import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { fetchJson } from "./fetch-json.ts";

/** Whatever changes the policy has everything under this key asked again. */
export const GATE_POLICY_KEY = "gate-policy";
const PATH = "/api/v1/policies/gate";
const REFETCH_MS = 30_000;
const InForce = z.object({ policy: GatePolicyInForce });
const One = z.object({ proposal: PolicyProposal });
const Proposals = z.object({ data: z.object({ proposals: z.array(PolicyProposal) }) });
const Versions = z.object({ data: z.object({ versions: z.array(VersionedGatePolicy) }) });

const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** What the gate decides by now. */
export const gatePolicyQuery = queryOptions({
  queryKey: [GATE_POLICY_KEY, "in-force"],
  refetchInterval: REFETCH_MS,
  queryFn: async ({ signal }) => (await fetchJson(InForce, PATH, { signal })).policy,
});

/** Proposals, open ones first. */
export const proposalsQuery = queryOptions({
  queryKey: [GATE_POLICY_KEY, "proposals"],
  refetchInterval: REFETCH_MS,
  queryFn: async ({ signal }) => (await fetchJson(Proposals, `${PATH}/proposals`, { signal })).data.proposals,
});

/** Every version, newest first. */
export const gateVersionsQuery = queryOptions({
  queryKey: [GATE_POLICY_KEY, "versions"],
  refetchInterval: REFETCH_MS,
  queryFn: async ({ signal }) => (await fetchJson(Versions, `${PATH}/versions`, { signal })).data.versions,
});

/** Proposes a policy. Throws a ProblemError; `conflict` carries the policy in force. */
export async function proposePolicy(wanted: ProposePolicy): Promise<PolicyProposal> {
  return (await fetchJson(One, `${PATH}/proposals`, post(wanted))).proposal;
}

/** Publishes, refuses or withdraws a proposal. Throws a ProblemError. */
export async function decideProposal({ proposal, verdict }: DecideProposal): Promise<PolicyProposal> {
  const address = `${PATH}/proposals/${encodeURIComponent(proposal)}/decision`;
  return (await fetchJson(One, address, post({ verdict }))).proposal;
}

/** What a policy would have decided. Throws a ProblemError. */
export function replayPolicy(document: GatePolicyDocument): Promise<Replay> {
  return fetchJson(Replay, `${PATH}/replay`, post({ document }));
}
