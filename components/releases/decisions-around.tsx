"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { decisionsQuery } from "#lib/client/decisions.queries.ts";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import { Card } from "#components/shell/card.tsx";
import { DecisionWord } from "#components/shell/decision-word.tsx";
import { Age } from "#components/shell/moment.tsx";
import { Link } from "#components/ui/link.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { NotThere } from "./not-there.tsx";
import { becauseOf } from "./record-words.ts";
import { WORD_OF_KIND } from "./release-words.ts";
import { Told } from "./told.tsx";

const SHOWN = 8;

/** What the gate decided about a service around some time, and what went out then; nothing where it was never asked. */
export function DecisionsAround({ service, from, to }: { service: string; from: string; to: string | null }) {
  const query = useInfiniteQuery(decisionsQuery({ service, from, ...(to === null ? {} : { to }) }));
  const records = query.data?.pages[0]?.data.decisions;
  if (records?.length === 0) return null;
  return (
    <Card title="Gate decisions" aside={<LogLink service={service} />}>
      {records === undefined ? (
        <NotThere
          error={query.error}
          onRetry={() => void query.refetch()}
          skeleton={<Skeleton className="h-5 max-w-md" />}
        />
      ) : (
        <ul>
          {records.slice(0, SHOWN).map((record) => (
            <RecordLine key={record.seq} record={record} />
          ))}
          {records.length > SHOWN && (
            <li className="text-faint pt-1">The first {SHOWN} are shown; the log has the others.</li>
          )}
        </ul>
      )}
    </Card>
  );
}

function LogLink({ service }: { service: string }) {
  return (
    <Link
      href={`/releases/decisions?service=${encodeURIComponent(service)}`}
      className="text-accent hover:underline"
    >
      the log
    </Link>
  );
}

function RecordLine({ record }: { record: DecisionRecord }) {
  const { at, kind, releaseId, decision } = record;
  const word = WORD_OF_KIND[kind];
  return (
    <li className="border-line-soft border-t py-1.5 break-words first:border-t-0">
      <span className="text-faint">
        <Age at={at} />
      </span>{" "}
      {releaseId === null ? (
        word
      ) : (
        <Link href={`/releases/${encodeURIComponent(releaseId)}`} className="underline">
          {word}
        </Link>
      )}{" "}
      {decision !== null && <DecisionWord decision={decision} />}{" "}
      <span className="text-dim">
        <Told>{becauseOf(record)}</Told>
      </span>
    </li>
  );
}
