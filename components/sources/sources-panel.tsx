"use client";

import { useQuery } from "@tanstack/react-query";
import { sourcesQuery } from "#lib/client/sources.queries.ts";
import type { SourceEntry } from "#lib/contracts/access.ts";
import { EmptyState } from "#components/shell/states.tsx";
import { SourceCard } from "./source-card.tsx";
import { missingKinds } from "./source-words.ts";

/** The sources that Burnline asks, and those that it could. */
export function SourcesPanel({ initial }: { initial: { sources: SourceEntry[] } }) {
  const { sources } = useQuery({ ...sourcesQuery, initialData: initial }).data;
  return (
    <>
      <p className="text-dim max-w-prose">
        Sources are set where Burnline is started and change with a restart. Secrets are never shown here.
      </p>
      {sources.length > 0 && (
        <div className="grid grid-cols-2 items-start gap-4 max-lg:grid-cols-1">
          {sources.map((source) => (
            <SourceCard key={`${source.kind} ${source.name}`} source={source} />
          ))}
        </div>
      )}
      <Missing sources={sources} />
    </>
  );
}

function Missing({ sources }: { sources: readonly SourceEntry[] }) {
  const missing = missingKinds(sources);
  if (missing.length === 0) return null;
  const names = missing.map(({ name }) => name).join(", ");
  return (
    <section
      aria-label="Not configured"
      className="rounded-panel border-line-soft bg-panel border px-4 py-3.5"
    >
      <EmptyState title={sources.length === 0 ? "No source is configured" : `Not configured: ${names}`}>
        <p>Set the address where Burnline is started, and start it again:</p>
        <ul className="mt-1 grid gap-0.5">
          {missing.map(({ name, setting }) => (
            <li key={setting}>
              <code className="text-ink font-mono">{setting}</code> for {name}
            </li>
          ))}
        </ul>
        <p className="mt-1">
          Several of one kind stand in a file that{" "}
          <code className="text-ink font-mono">BURNLINE_SOURCES</code> names.
        </p>
      </EmptyState>
    </section>
  );
}
