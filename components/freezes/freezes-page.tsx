"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { calendarRange, freezesQuery } from "#lib/client/freezes.queries.ts";
import type { Freeze } from "#lib/contracts/freezes.ts";
import type { Spending } from "#lib/contracts/spending.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { Card } from "#components/shell/card.tsx";
import { useNow } from "#components/shell/clock.ts";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { FreezeAgenda } from "./freeze-agenda.tsx";
import { calendarDays } from "./calendar-days.ts";
import { FreezeCalendar } from "./freeze-calendar.tsx";
import { FreezeList } from "./freeze-list.tsx";
import { SpendingCard } from "./spending-card.tsx";

const FreezeDialog = dynamic(() => import("./freeze-dialog.tsx").then((module) => module.FreezeDialog));

const WEEKS = 6;

interface FreezesPageProps {
  /** When the server read it all. */
  loadedAtMs: number;
  freezes: Freeze[];
  spending: Spending[];
}

/** When nothing goes out, and what more of a budget may be spent. */
export function FreezesPage({ loadedAtMs, freezes, spending }: FreezesPageProps) {
  const nowMs = useNow() ?? loadedAtMs;
  return (
    <>
      <FreezeCard nowMs={nowMs} loadedAtMs={loadedAtMs} initial={freezes} />
      <SpendingCard nowMs={nowMs} initial={spending} />
    </>
  );
}

interface FreezeCardProps {
  nowMs: number;
  loadedAtMs: number;
  initial: Freeze[];
}

function FreezeCard({ nowMs, loadedAtMs, initial }: FreezeCardProps) {
  const { timeZone } = usePreferences().preferences;
  const [declaring, setDeclaring] = useState(false);
  const days = calendarDays(nowMs, timeZone, WEEKS);
  const range = calendarRange(nowMs);
  const isInitial = calendarRange(loadedAtMs).from === range.from;
  const { data, error } = useQuery({
    ...freezesQuery(range),
    initialData: isInitial ? initial : undefined,
    placeholderData: keepPreviousData,
  });
  const active = data?.filter((freeze) => freeze.active).length ?? 0;
  const title =
    active === 0 ? "Nothing is frozen now" : `${countOf(active, "freeze holds", "freezes hold")} now`;
  return (
    <Card title={data ? title : "Freezes"} aside={`times in ${timeZone}`}>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <GuardedButton action="freezes:write" variant="primary" onClick={() => setDeclaring(true)}>
          Declare a freeze
        </GuardedButton>
        <span className="text-dim min-w-0">
          Nothing goes out while one holds, but security fixes, fixes of a P1 and rollbacks.
        </span>
      </div>
      {error && <ProblemNotice problem={problemOf(error)} />}
      {data && (
        <>
          <FreezeCalendar days={days} freezes={data} nowMs={nowMs} zone={timeZone} />
          <FreezeAgenda days={days} freezes={data} nowMs={nowMs} zone={timeZone} />
          {data.length === 0 ? (
            <EmptyState title="No freeze is declared">
              One keeps releases back over a holiday, a fair, or every Friday afternoon.
            </EmptyState>
          ) : (
            <FreezeList freezes={data} zone={timeZone} />
          )}
        </>
      )}
      {!data && !error && <ListSkeleton rows={6} rowHeight="h-14" />}
      {declaring && <FreezeDialog nowMs={nowMs} onClose={() => setDeclaring(false)} />}
    </Card>
  );
}
