"use client";

import { useQuery } from "@tanstack/react-query";
import { decisionQuery } from "#lib/client/decisions.queries.ts";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { NotThere } from "../not-there.tsx";
import { proofOf } from "./proof.ts";
import { ProofOfSlo } from "./proof-of-slo.tsx";

/** The queries and slots of a decision, SLO by SLO. */
export function ProofList({ recordId }: { recordId: string }) {
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
