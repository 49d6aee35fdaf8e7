"use client";

import { useQuery } from "@tanstack/react-query";
import { releaseQuery } from "#lib/client/releases.queries.ts";
import type { ReleaseDetail } from "#lib/contracts/releases.ts";
import { StaleLine } from "../not-there.tsx";
import { BudgetsCard } from "./budgets-card.tsx";
import { DecisionCard } from "./decision-card.tsx";
import { FactsCard } from "./facts-card.tsx";
import { HaltBanner } from "./halt-banner.tsx";
import { MatrixCard } from "./matrix-card.tsx";
import { RiskCard } from "./risk-card.tsx";
import { SaidCard } from "./said-card.tsx";

/** One release: what the gate says of it and why, what people said, and what they may do. */
export function ReleasePage({ initial }: { initial: ReleaseDetail }) {
  const query = useQuery({ ...releaseQuery(initial.id), initialData: initial });
  const release = query.data;
  const { verdict, may } = release;
  return (
    <>
      <StaleLine error={query.error} updatedAtMs={query.dataUpdatedAt} />
      <HaltBanner release={release} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(320px,1fr)]">
        <DecisionCard release={release} />
        {verdict && <MatrixCard verdict={verdict} />}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-3">
        {verdict && <RiskCard score={verdict.score} />}
        {verdict && <BudgetsCard verdict={verdict} />}
        <SaidCard release={release} />
      </div>
      {verdict && <FactsCard key={verdict.recordId} verdict={verdict} />}
      {/* On a phone the answer stands over the end of the page. */}
      {(may.review || may.override) && <div aria-hidden="true" className="h-44 sm:hidden" />}
    </>
  );
}
