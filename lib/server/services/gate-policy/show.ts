import "server-only";
import type { GatePolicyInForce, PolicyProposal, VersionedGatePolicy } from "#lib/contracts/gate-policies.ts";
import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { policyProblems } from "#lib/domain/gate/policy.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, type Transaction } from "#lib/server/db/client.ts";
import type { ProposalRow } from "#lib/server/db/policy-proposal.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { findGateVersions, findProposals } from "#lib/server/db/policy-proposal.repo.ts";
import { gatePolicyInForce, gatePolicyOf } from "#lib/server/gate/policy-in-force.ts";

const DEFAULT: Omit<VersionedGatePolicy, "document" | "hash"> = {
  version: 0,
  author: null,
  publishedBy: null,
  publishedAt: null,
  reason: null,
};

/** Every version with its history; the one that Burnline comes with stands last. */
async function versionsOf(tx: Transaction): Promise<VersionedGatePolicy[]> {
  const found = await findGateVersions(tx);
  const names = await findPersonNames(
    tx,
    found.flatMap(({ saved, proposal }) => [saved.actorId, proposal?.decidedBy ?? []].flat()),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? null });
  const versions: VersionedGatePolicy[] = [];
  for (const { saved, proposal } of found) {
    const known = await gatePolicyOf(tx, saved.version);
    if (!known) continue;
    versions.push({
      version: saved.version,
      document: known.policy as GatePolicyDocument,
      hash: known.hash,
      author: person(saved.actorId),
      publishedBy: proposal?.decidedBy ? person(proposal.decidedBy) : null,
      publishedAt: saved.at.toISOString(),
      reason: proposal?.reason ?? null,
    });
  }
  const first = await gatePolicyOf(tx, 0);
  if (first) versions.push({ ...DEFAULT, document: first.policy as GatePolicyDocument, hash: first.hash });
  return versions;
}

/** The policy in force with who brought it there. */
export async function toPolicyInForce(tx: Transaction): Promise<GatePolicyInForce> {
  const { version, policy, hash } = await gatePolicyInForce(tx);
  const known = (await versionsOf(tx)).find((one) => one.version === version) ?? DEFAULT;
  const problems = policyProblems(policy).map(({ path, message }) => ({ path: path.join("."), message }));
  return { ...known, version, hash, document: policy as GatePolicyDocument, problems };
}

/** Proposals as they are answered. */
export async function toProposals(tx: Transaction, rows: readonly ProposalRow[]): Promise<PolicyProposal[]> {
  const inForce = (await gatePolicyInForce(tx)).version;
  const people = rows.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy ?? []].flat());
  const names = await findPersonNames(tx, people);
  const person = (id: string) => ({ id, name: names.get(id) ?? null });
  return rows.map((row) => ({
    id: row.id,
    // Written by our own verb alone, which has validated it.
    document: row.document as unknown as GatePolicyDocument,
    baseVersion: row.baseVersion,
    stale: row.state === "open" && row.baseVersion !== inForce,
    reason: row.reason,
    proposedBy: person(row.proposedBy),
    proposedAt: row.proposedAt.toISOString(),
    state: row.state as PolicyProposal["state"],
    decidedBy: row.decidedBy === null ? null : person(row.decidedBy),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }));
}

/** The policy that the gate decides by. */
export async function getGatePolicy(actor: Actor): Promise<{ policy: GatePolicyInForce }> {
  authorize(actor, "releases:read");
  return read(async (tx) => ({ policy: await toPolicyInForce(tx) }));
}

/** Every version of it, newest first. */
export async function listGatePolicies(actor: Actor): Promise<{ data: { versions: VersionedGatePolicy[] } }> {
  authorize(actor, "releases:read");
  return read(async (tx) => ({ data: { versions: await versionsOf(tx) } }));
}

/** Proposals for it: open ones first, then the newest. */
export async function listProposals(actor: Actor): Promise<{ data: { proposals: PolicyProposal[] } }> {
  authorize(actor, "releases:read");
  return read(async (tx) => {
    const proposals = await toProposals(tx, await findProposals(tx));
    const isOpen = ({ state }: PolicyProposal) => state === "open";
    return {
      data: { proposals: [...proposals.filter(isOpen), ...proposals.filter((one) => !isOpen(one))] },
    };
  });
}
