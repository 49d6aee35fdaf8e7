"use client";

import { useQuery } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { useId } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { sourceTestQuery } from "#lib/client/sources.queries.ts";
import type { SourceEntry, SourceTest } from "#lib/contracts/access.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { useMay } from "#components/shell/me.tsx";
import { Age } from "#components/shell/moment.tsx";
import { StatusIcon } from "#components/shell/status.tsx";
import { configuration, KIND_NAMES, lampOf } from "./source-words.ts";

/** One source: its lamp, what it says of itself, and the settings that make it. */
export function SourceCard({ source }: { source: SourceEntry }) {
  const headingId = useId();
  const mayTest = useMay("sources:test");
  const query = useQuery({ ...sourceTestQuery(source), enabled: mayTest });
  const lamp = lampOf(query.data);
  return (
    <section
      aria-labelledby={headingId}
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <header className="mb-3 flex min-h-7.5 flex-wrap items-center gap-x-2 gap-y-1">
        <StatusIcon status={lamp.status} />
        <h2 id={headingId} className="font-medium">
          {KIND_NAMES[source.kind]} <span className="text-dim font-normal">{source.name}</span>
        </h2>
        <p className="text-dim mr-auto" aria-live="polite">
          {query.isFetching ? "is being asked" : lamp.words}
          {!query.isFetching && query.data && (
            <Age at={new Date(query.dataUpdatedAt).toISOString()} prefix=", " />
          )}
        </p>
        <GuardedButton
          action="sources:test"
          disabled={query.isFetching}
          onClick={() => void query.refetch()}
          aria-label={`Test connection to ${KIND_NAMES[source.kind]} ${source.name}`}
        >
          <PlugZap size={14} aria-hidden="true" />
          Test connection
        </GuardedButton>
      </header>
      <Answer answer={query.data} problem={query.error ? problemOf(query.error).detail : null} />
      <Configuration source={source} />
    </section>
  );
}

/** As high as the facts of most sources, so that little moves when they come. */
function Answer({ answer, problem }: { answer: SourceTest | undefined; problem: string | null }) {
  const trouble = problem ?? answer?.error ?? null;
  return (
    <div className="min-h-28">
      {trouble !== null && <p className="text-critical max-w-prose break-words">{trouble}</p>}
      <dl className="grid grid-cols-[minmax(0,10rem)_minmax(0,1fr)] gap-x-4 gap-y-1 max-sm:grid-cols-[minmax(0,6.5rem)_minmax(0,1fr)]">
        {answer?.facts.map(({ label, value }) => (
          <div key={label} className="contents">
            <dt className="text-dim">{label}</dt>
            <dd className="break-words tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Configuration({ source }: { source: SourceEntry }) {
  return (
    <dl className="border-line-soft mt-3 grid grid-cols-[minmax(0,10rem)_minmax(0,1fr)] gap-x-4 gap-y-1.5 border-t pt-3 max-sm:grid-cols-[minmax(0,6.5rem)_minmax(0,1fr)]">
      {configuration(source).map(({ label, value, setting }) => (
        <div key={label} className="contents">
          <dt className="text-dim">{label}</dt>
          <dd className="min-w-0">
            <bdi className="break-all">{value}</bdi>
            <span className="text-small text-faint block font-mono break-words">{setting}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
