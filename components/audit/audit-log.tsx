"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { auditExportPath, auditPages } from "#lib/client/audit.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { AuditEntry, AuditFilter, AuditPage } from "#lib/contracts/audit.ts";
import { FileLink } from "#components/shell/file-link.tsx";
import { EmptyState, ErrorState, ForbiddenState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { AuditFilterFields } from "./audit-filter-fields.tsx";
import { AuditList } from "./audit-list.tsx";
import { Section } from "./section.tsx";
import { useAuditFilter } from "./use-audit-filter.ts";

interface AuditLogProps {
  first?: { filter: AuditFilter; page: AuditPage };
}

/** Who did what, newest first, with a filter that lives in the address and the matching records as files. */
export function AuditLog({ first }: AuditLogProps) {
  const { filter, setParams } = useAuditFilter();
  const read = first && JSON.stringify(first.filter) === JSON.stringify(filter) ? first.page : undefined;
  const query = useInfiniteQuery(auditPages(filter, read));
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  const clear = () => void setParams({ actor: null, action: null, resource: null, from: null, to: null });
  const narrowed = Object.keys(filter).length > 0;
  return (
    <>
      <AuditFilterFields />
      <Section
        title={narrowed ? "Records that match" : "Records"}
        busy={query.isFetching}
        actions={
          <>
            <FileLink href={auditExportPath(filter, "csv")} format="csv" />
            <FileLink href={auditExportPath(filter, "json")} format="json" />
          </>
        }
      >
        <LogBody
          entries={entries}
          state={query.status}
          error={query.error}
          onRetry={() => void query.refetch()}
          onClear={narrowed ? clear : undefined}
        />
        {query.hasNextPage && (
          <Button
            className="mt-3"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show older records
          </Button>
        )}
      </Section>
    </>
  );
}

interface LogBodyProps {
  entries: readonly AuditEntry[];
  state: "pending" | "error" | "success";
  error: unknown;
  onRetry: () => void;
  /** Given when a filter is set. */
  onClear: (() => void) | undefined;
}

/** The records, or whichever state the list is in; records that are there stay when a later page fails. */
export function LogBody({ entries, state, error, onRetry, onClear }: LogBodyProps) {
  if (state === "pending") {
    return (
      <div data-state="loading">
        <ListSkeleton rows={10} rowHeight="h-9" />
      </div>
    );
  }
  const problem = error === null ? null : problemOf(error);
  if (problem?.code === "forbidden") return <ForbiddenState problem={problem} />;
  return (
    <>
      {problem && <ErrorState problem={problem} onRetry={onRetry} />}
      {entries.length > 0 && <AuditList entries={entries} />}
      {entries.length === 0 && !problem && <NoRecords onClear={onClear} />}
    </>
  );
}

function NoRecords({ onClear }: Pick<LogBodyProps, "onClear">) {
  if (!onClear) {
    return (
      <EmptyState title="Nothing is on record yet">
        Every sign-in and everything that changes something appears here.
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
