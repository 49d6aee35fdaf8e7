"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { decisionsFilePath } from "#lib/client/decisions-file.ts";
import { type DecisionFilter, decisionsQuery } from "#lib/client/decisions.queries.ts";
import type { DecisionPage, DecisionRecord } from "#lib/contracts/decisions.ts";
import { Card } from "#components/shell/card.tsx";
import { FileLink } from "#components/shell/file-link.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { NotThere, StaleLine } from "../not-there.tsx";
import { DecisionFilterBar } from "./decision-filter-bar.tsx";
import { DecisionListHead, DecisionRow } from "./decision-row.tsx";
import { useDecisionFilter } from "./use-decision-filter.ts";
import { VerifyLog } from "./verify-log.tsx";

interface DecisionLogProps {
  /** What the server read for the first paint, and for which filter. */
  initial?: { filter: DecisionFilter; page: DecisionPage };
}

/** Every decision and what became of it, newest first: nothing in it is ever changed. */
export function DecisionLog({ initial }: DecisionLogProps) {
  const { wanted, clear } = useDecisionFilter();
  const fits = JSON.stringify(initial?.filter) === JSON.stringify(wanted);
  const query = useInfiniteQuery({
    ...decisionsQuery(wanted),
    placeholderData: keepPreviousData,
    initialData: initial && fits ? { pages: [initial.page], pageParams: [null] } : undefined,
  });
  const records = query.data?.pages.flatMap(({ data }) => data.decisions);
  return (
    <>
      <div className="flex items-start justify-between gap-2 max-lg:flex-col">
        <DecisionFilterBar />
        <div className="flex flex-wrap items-center gap-2">
          <VerifyLog />
          <FileLink href={decisionsFilePath(wanted, "jsonl")} format="jsonl" />
          <FileLink href={decisionsFilePath(wanted, "csv")} format="csv" />
        </div>
      </div>
      <Card title="Decision log" aside={<StaleLine error={query.error} updatedAtMs={query.dataUpdatedAt} />}>
        {records ? (
          <Records records={records} filtered={Object.keys(wanted).length > 0} onClear={clear} />
        ) : (
          <NotThere
            error={query.error}
            onRetry={() => void query.refetch()}
            skeleton={<ListSkeleton rows={10} rowHeight="h-9" />}
          />
        )}
        {query.hasNextPage && (
          <Button
            className="mt-3"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show older ones
          </Button>
        )}
      </Card>
    </>
  );
}

interface RecordsProps {
  records: readonly DecisionRecord[];
  filtered: boolean;
  onClear: () => void;
}

function Records({ records, filtered, onClear }: RecordsProps) {
  if (records.length > 0) {
    return (
      <>
        <DecisionListHead />
        <ul aria-label="Decisions">
          {records.map((record) => (
            <DecisionRow key={record.id} record={record} />
          ))}
        </ul>
      </>
    );
  }
  if (!filtered) {
    return (
      <EmptyState title="The gate has decided nothing yet">
        <p>Every question to the gate, and all that becomes of a release, is written down here.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No record matches the filter">
      <Button onClick={onClear} className="mt-2">
        Clear the filter
      </Button>
    </EmptyState>
  );
}
