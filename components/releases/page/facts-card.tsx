"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { decisionQuery } from "#lib/client/decisions.queries.ts";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { Card } from "#components/shell/card.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { NotThere } from "../not-there.tsx";
import { proofOf } from "./proof.ts";
import { ProofOfSlo } from "./proof-of-slo.tsx";
import { Recompute } from "./recompute.tsx";

/** What the decision can be proven with: its record, its queries, the slots it read. */
export function FactsCard({ verdict }: { verdict: GateAnswer }) {
  const [open, setOpen] = useState(false);
  const { recordId, seq, hash, policyVersion } = verdict;
  return (
    <div id="facts" className="scroll-mt-16">
      <Card
        title="Facts used"
        aside={
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Close" : "Queries and slots"}
          </Button>
        }
      >
        <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[110px_minmax(0,1fr)]">
          <dt className="text-faint">Record</dt>
          <dd className="font-mono break-all">
            {seq} · {recordId}
          </dd>
          <dt className="text-faint">Policy</dt>
          <dd>version {policyVersion}</dd>
          <dt className="text-faint">Hash</dt>
          <dd className="font-mono break-all">{hash}</dd>
        </dl>
        <Recompute recordId={recordId} />
        {open && <Proof recordId={recordId} />}
      </Card>
    </div>
  );
}

function Proof({ recordId }: { recordId: string }) {
  const query = useQuery(decisionQuery(recordId));
  if (!query.data) {
    return (
      <NotThere
        error={query.error}
        onRetry={() => void query.refetch()}
        skeleton={<ListSkeleton rows={4} rowHeight="h-9" />}
      />
    );
  }
  const proof = proofOf(query.data);
  if (proof.length === 0) return <p className="text-dim mt-3">The decision stands on no SLO.</p>;
  return (
    <ul className="mt-3 grid gap-3">
      {proof.map((slo) => (
        <ProofOfSlo key={`${slo.key} ${slo.group}`} proof={slo} />
      ))}
    </ul>
  );
}
