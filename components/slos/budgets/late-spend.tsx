"use client";

import { useQuery } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { spendQuery } from "#lib/client/slos.queries.ts";
import type { Budget, Spend } from "#lib/contracts/slo-budgets.ts";
import type { SloEntry } from "#lib/contracts/slos.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { writeBurn } from "../slo-words.ts";

const SHOWN = 3;

/** The biggest spenders of a budget over its window, with how fast each spends now. */
export function LateSpend({ slo, budget }: { slo: SloEntry; budget: Budget }) {
  const { objective, group } = budget;
  const { data, error } = useQuery(spendQuery({ id: slo.id, objective, group }, "route"));
  return (
    <div className="min-w-0">
      <p className="text-small text-faint mb-1">Who spent it, by route</p>
      {data ? (
        <Parts spend={data.data} />
      ) : error ? (
        <p className="text-faint">{problemOf(error).detail}</p>
      ) : (
        <Skeleton className="h-16" />
      )}
    </div>
  );
}

function Parts({ spend: { parts, unsplittableReason } }: { spend: Spend }) {
  if (unsplittableReason !== null) return <p className="text-faint">{unsplittableReason}</p>;
  if (parts.length === 0) return <p className="text-faint">Nothing was spent</p>;
  return (
    <ul className="grid gap-1">
      {parts.slice(0, SHOWN).map(({ name, budgetConsumedRatio, badShare, burnRate }) => (
        <li key={name ?? ""} className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 truncate" title={name ?? undefined}>
            {name ?? "everything else"}
          </span>
          <span className="text-dim tabular-nums">{writeRatio(budgetConsumedRatio ?? badShare)}</span>
          <span className="text-small text-faint w-20 text-right">now {writeBurn(burnRate)}</span>
        </li>
      ))}
    </ul>
  );
}
