"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { decideProposal, GATE_POLICY_KEY, proposalsQuery } from "#lib/client/gate-policy.queries.ts";
import type { DecideProposal, GatePolicyInForce, PolicyProposal } from "#lib/contracts/gate-policies.ts";
import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { Card } from "#components/shell/card.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { useMe } from "#components/shell/me.tsx";
import { Age } from "#components/shell/moment.tsx";
import { Button } from "#components/ui/button.tsx";
import { ChangesList } from "./changes-list.tsx";

interface ProposalListProps {
  inForce: GatePolicyInForce;
  onLookAt: (document: GatePolicyDocument) => void;
}

/** Proposals that somebody has to decide on. */
export function ProposalList({ inForce, onLookAt }: ProposalListProps) {
  const { data, error } = useQuery(proposalsQuery);
  const open = data?.filter(({ state }) => state === "open") ?? [];
  if (error) return <ProblemNotice problem={problemOf(error)} />;
  if (open.length === 0) return null;
  return (
    <Card title={`${countOf(open.length, "proposal waits", "proposals wait")} for a second person`}>
      <ul aria-label="Open proposals">
        {open.map((proposal) => (
          <ProposalRow key={proposal.id} proposal={proposal} inForce={inForce} onLookAt={onLookAt} />
        ))}
      </ul>
    </Card>
  );
}

function ProposalRow({ proposal, inForce, onLookAt }: ProposalListProps & { proposal: PolicyProposal }) {
  const { id, document, reason, proposedBy, proposedAt, stale, baseVersion } = proposal;
  const client = useQueryClient();
  const own = useMe().id === proposedBy.id;
  const decide = useMutation({
    mutationFn: (verdict: DecideProposal["verdict"]) => decideProposal({ proposal: id, verdict }),
    onSettled: () => client.invalidateQueries({ queryKey: [GATE_POLICY_KEY] }),
  });
  const button = (label: string, verdict: DecideProposal["verdict"], variant?: "primary") => (
    <GuardedButton
      action="gate-policy:write"
      className="max-sm:h-10"
      disabled={decide.isPending}
      onClick={() => decide.mutate(verdict)}
      {...(variant ? { variant } : {})}
    >
      {label}
    </GuardedButton>
  );
  return (
    <li className="border-line-soft grid gap-2 border-t py-2.5 first:border-t-0">
      <p className="break-words">
        <bdi className="font-medium">{proposedBy.name ?? proposedBy.id}</bdi>: {reason}{" "}
        <span className="text-faint">
          <Age at={proposedAt} />
        </span>
      </p>
      {stale && (
        <p className="text-warning">
          Made from version {baseVersion}; version {inForce.version} is in force by now. Propose it anew.
        </p>
      )}
      <ChangesList was={inForce.document} is={document} />
      {decide.error && <ProblemNotice problem={problemOf(decide.error)} />}
      <div className="flex flex-wrap gap-2">
        {own ? button("Withdraw", "withdraw") : button("Refuse", "refuse")}
        {!own && !stale && button("Publish", "publish", "primary")}
        <Button className="max-sm:h-10" onClick={() => onLookAt(document)}>
          Look at it in the editor
        </Button>
        {own && <span className="text-faint self-center">somebody else has to publish it</span>}
      </div>
    </li>
  );
}
