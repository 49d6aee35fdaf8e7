"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { Card } from "#components/shell/card.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Recompute } from "./recompute.tsx";

const Proof = dynamic(() => import("./proof-list.tsx").then((module) => module.ProofList), {
  loading: () => <ListSkeleton rows={4} rowHeight="h-9" />,
});

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
