import "server-only";
import type { Transaction } from "./client.ts";
import type { PolicyProposal, PolicyVersion, Prisma } from "./generated/client.ts";

const MOST_SHOWN = 100;
const GATE = "gate";

/** A proposal as it is kept. */
export type ProposalRow = PolicyProposal;

/** Proposals for the gate's policy, newest first. */
export function findProposals(tx: Transaction): Promise<PolicyProposal[]> {
  return tx.policyProposal.findMany({
    where: { kind: GATE },
    orderBy: [{ proposedAt: "desc" }, { id: "desc" }],
    take: MOST_SHOWN,
  });
}

export function findProposal(tx: Transaction, id: string): Promise<PolicyProposal | null> {
  return tx.policyProposal.findFirst({ where: { id, kind: GATE } });
}

export function addProposal(
  tx: Transaction,
  {
    document,
    ...proposal
  }: { id: string; document: object; baseVersion: number; reason: string; proposedBy: string },
): Promise<PolicyProposal> {
  const data = { ...proposal, kind: GATE, document: document as Prisma.InputJsonObject };
  return tx.policyProposal.create({ data });
}

/** Ends a proposal; the caller holds the lock of policies and has seen that it is open. */
export function closeProposal(
  tx: Transaction,
  id: string,
  { state, decidedBy }: { state: "published" | "refused" | "withdrawn"; decidedBy: string },
): Promise<PolicyProposal> {
  return tx.policyProposal.update({ where: { id }, data: { state, decidedBy, decidedAt: new Date() } });
}

/** Versions of the gate's policy with the proposal that each came from, newest first. */
export async function findGateVersions(
  tx: Transaction,
): Promise<{ saved: PolicyVersion; proposal: PolicyProposal | null }[]> {
  const versions = await tx.policyVersion.findMany({
    where: { kind: GATE },
    orderBy: { version: "desc" },
    take: MOST_SHOWN,
  });
  const proposals = await tx.policyProposal.findMany({ where: { kind: GATE, state: "published" } });
  // Of one version one proposal alone can have been published, as the next one.
  const byVersion = new Map(proposals.map((proposal) => [proposal.baseVersion + 1, proposal]));
  return versions.map((saved) => ({ saved, proposal: byVersion.get(saved.version) ?? null }));
}
