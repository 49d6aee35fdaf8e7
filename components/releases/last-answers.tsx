"use client";

import { useQuery } from "@tanstack/react-query";
import { evaluationsQuery } from "#lib/client/decisions.queries.ts";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import { Card } from "#components/shell/card.tsx";
import { DecisionWord } from "#components/shell/decision-word.tsx";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { Age } from "#components/shell/moment.tsx";
import { Link } from "#components/ui/link.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { newestOfEach } from "./newest-of-each.ts";
import { NotThere } from "./not-there.tsx";
import { becauseOf } from "./record-words.ts";
import { Told } from "./told.tsx";

/** For product owners: what the gate last said of each service that somebody asked about, the strictest first. */
export function LastAnswers() {
  const query = useQuery(evaluationsQuery());
  return (
    <Card
      title="Can we ship? What the gate last said"
      aside={
        <Link href="/releases" className="text-accent hover:underline">
          releases
        </Link>
      }
    >
      {query.data === undefined ? (
        <NotThere
          error={query.error}
          onRetry={() => void query.refetch()}
          skeleton={<ListSkeleton rows={3} rowHeight="h-9" />}
        />
      ) : (
        <Answers records={newestOfEach(query.data)} />
      )}
    </Card>
  );
}

function Answers({ records }: { records: readonly DecisionRecord[] }) {
  if (records.length === 0) {
    return <p className="text-dim">Nobody has asked the gate yet; a service&apos;s page has the button.</p>;
  }
  return (
    <ul aria-label="Newest answers">
      {records.map((record) => (
        <li
          key={record.id}
          className="border-line-soft grid gap-x-4 border-t py-2 first:border-t-0 sm:grid-cols-[minmax(120px,180px)_92px_minmax(0,1fr)_auto] sm:items-baseline"
        >
          <span className="min-w-0 font-medium break-words">
            <EntityLink kind="services" name={record.service} />
          </span>
          <DecisionWord decision={record.decision} />
          <span className="text-dim min-w-0 break-words">
            <Told>{becauseOf(record)}</Told>
          </span>
          <Link
            href={`/releases/decisions/${encodeURIComponent(record.id)}`}
            className="text-faint hover:text-ink whitespace-nowrap underline"
          >
            <Age at={record.at} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
