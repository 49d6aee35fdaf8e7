"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { decisionsQuery } from "#lib/client/decisions.queries.ts";
import { Card } from "#components/shell/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { NotThere } from "./not-there.tsx";

const RecordList = dynamic(() => import("./record-list.tsx").then((module) => module.RecordList), {
  loading: () => <Skeleton className="h-5 max-w-md" />,
});

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
        <RecordList records={records} />
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
