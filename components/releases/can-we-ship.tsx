"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { evaluationsQuery } from "#lib/client/decisions.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import { askGate, newestReleaseQuery, RELEASES_KEY } from "#lib/client/releases.queries.ts";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import type { Release } from "#lib/contracts/releases.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { Card } from "#components/shell/card.tsx";
import { DecisionWord } from "#components/shell/decision-word.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Age } from "#components/shell/moment.tsx";
import { Link } from "#components/ui/link.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { NotThere } from "./not-there.tsx";
import { GateHistory } from "./gate-history.tsx";
import { becauseOf } from "./record-words.ts";
import { WORD_OF_STATE } from "./release-words.ts";
import { Told } from "./told.tsx";

/** What the gate last said of a service. It is not asked by looking: every answer is written down. */
export function CanWeShip({ service }: { service: string }) {
  const asked = useQuery(evaluationsQuery(service));
  const release = useQuery(newestReleaseQuery(service));
  const about = new URLSearchParams({ service }).toString();
  return (
    <Card
      title="Can we ship?"
      aside={
        <>
          <Link href={`/releases?${about}`} className="text-accent hover:underline">
            its releases
          </Link>
          <Link href={`/releases/decisions?${about}`} className="text-accent hover:underline">
            its decisions
          </Link>
        </>
      }
    >
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 max-sm:basis-full">
          {asked.data === undefined ? (
            <NotThere
              error={asked.error}
              onRetry={() => void asked.refetch()}
              skeleton={<Skeleton className="h-5 max-w-md" />}
            />
          ) : (
            <LastAnswer record={asked.data[0] ?? null} />
          )}
          {release.data && <NewestRelease release={release.data} />}
          {asked.data && asked.data.length > 1 && <GateHistory records={asked.data} />}
        </div>
        <AskGate service={service} />
      </div>
    </Card>
  );
}

function LastAnswer({ record }: { record: DecisionRecord | null }) {
  if (!record) return <p className="text-dim">The gate was never asked about this service.</p>;
  return (
    <p className="break-words">
      <DecisionWord decision={record.decision} />{" "}
      <span className="text-faint">
        <Age at={record.at} />
      </span>{" "}
      <span className="text-dim">
        <Told>{becauseOf(record)}</Told>
      </span>{" "}
      <Link
        href={`/releases/decisions/${encodeURIComponent(record.id)}`}
        className="text-accent whitespace-nowrap underline"
      >
        why
      </Link>
    </p>
  );
}

function NewestRelease({ release: { id, version, state, requestedAt } }: { release: Release }) {
  return (
    <p className="text-dim mt-1">
      Newest release:{" "}
      <Link href={`/releases/${encodeURIComponent(id)}`} className="text-ink underline">
        {harmlessText(version)}
      </Link>{" "}
      {WORD_OF_STATE[state]}, asked for <Age at={requestedAt} />
    </p>
  );
}

function AskGate({ service }: { service: string }) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: () => askGate({ service }),
    onSuccess: () => client.invalidateQueries({ queryKey: [RELEASES_KEY] }),
  });
  return (
    <span className="grid justify-items-end gap-2">
      <GuardedButton
        action="gate:ask"
        className="max-sm:h-10"
        disabled={mutation.isPending}
        onClick={() => mutation.mutate()}
      >
        Ask the gate
      </GuardedButton>
      {mutation.error && <ProblemNotice problem={problemOf(mutation.error)} />}
    </span>
  );
}
