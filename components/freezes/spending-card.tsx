"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { FREEZES_KEY, spendingQuery, withdrawSpending } from "#lib/client/freezes.queries.ts";
import type { Spending } from "#lib/contracts/spending.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { formatTime, formatUntil } from "#lib/format/time.ts";
import { Card } from "#components/shell/card.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { EmptyState } from "#components/shell/states.tsx";

const SpendingDialog = dynamic(() => import("./spending-dialog.tsx").then((module) => module.SpendingDialog));

/** More of a budget that may be spent: agreed to by whoever owns the product. */
export function SpendingCard({ nowMs, initial }: { nowMs: number; initial: Spending[] }) {
  const [agreeing, setAgreeing] = useState(false);
  const { data, error } = useQuery({ ...spendingQuery, initialData: initial });
  return (
    <Card title="Agreed spending of budgets">
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <GuardedButton action="budget:spend" onClick={() => setAgreeing(true)}>
          Agree to spend more…
        </GuardedButton>
        <span className="text-dim min-w-0">
          What a tight budget alone would defer becomes a review, until it expires.
        </span>
      </div>
      {error && <ProblemNotice problem={problemOf(error)} />}
      {data.length === 0 ? (
        <EmptyState title="No more spending is agreed to">Budgets hold as they are set.</EmptyState>
      ) : (
        <ul aria-label="Agreed spending">
          {data.map((spending) => (
            <SpendingRow key={spending.id} spending={spending} nowMs={nowMs} />
          ))}
        </ul>
      )}
      {agreeing && <SpendingDialog nowMs={nowMs} onClose={() => setAgreeing(false)} />}
    </Card>
  );
}

function SpendingRow({ spending, nowMs }: { spending: Spending; nowMs: number }) {
  const { timeZone } = usePreferences().preferences;
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => withdrawSpending(spending.id),
    onSettled: () => client.invalidateQueries({ queryKey: [FREEZES_KEY] }),
  });
  const { service, amountRatio, reason, approvedBy, active, expiresAt, withdrawnAt } = spending;
  const ended = withdrawnAt ? "withdrawn" : "expired";
  const end = active
    ? `ends ${formatUntil(expiresAt, nowMs)}`
    : `${ended} ${formatTime(withdrawnAt ?? expiresAt, "dayClock", timeZone)}`;
  return (
    <li className="border-line-soft flex flex-wrap items-start gap-x-4 gap-y-2 border-t py-2.5">
      <div className={`min-w-0 flex-1 break-words max-sm:basis-full ${active ? "" : "text-faint"}`}>
        <p>
          <bdi className="font-medium">{service}</bdi> may spend {formatFigure(amountRatio, "ratio")} more,{" "}
          {end}
        </p>
        <p className="text-small text-faint">
          <bdi>{approvedBy.name ?? approvedBy.id}</bdi>: {reason}
        </p>
        {withdraw.error && <ProblemNotice problem={problemOf(withdraw.error)} />}
      </div>
      {active && (
        <GuardedButton
          action="budget:spend"
          className="max-sm:h-10"
          disabled={withdraw.isPending}
          onClick={() => withdraw.mutate()}
        >
          Withdraw
        </GuardedButton>
      )}
    </li>
  );
}
