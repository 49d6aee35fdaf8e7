"use client";

import type { SloDetail } from "#lib/contracts/slos.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";

/** The versions of an SLO with who made them and why; an older one keeps its past. */
export function VersionsPanel({ slo: { versions, draft } }: { slo: SloDetail }) {
  const { timeZone } = usePreferences().preferences;
  if (versions.length === 0 && !draft) return null;
  return (
    <section
      id="versions"
      aria-labelledby="versions-title"
      className="rounded-panel border-line-soft bg-panel border px-4 py-3.5"
    >
      <h2 id="versions-title" className="text-dim mb-2 font-medium">
        Versions
      </h2>
      <ol>
        {draft && (
          <li className="border-line-soft flex flex-wrap gap-x-4 border-t py-1.5 first:border-t-0">
            <span className="w-12 font-medium">draft</span>
            <span className="text-dim">by {draft.by.name ?? "somebody who left"}, not in force</span>
          </li>
        )}
        {versions.map(({ version, from, by, reason }) => (
          <li
            key={version}
            className="border-line-soft flex flex-wrap gap-x-4 border-t py-1.5 first:border-t-0"
          >
            <span className="w-12 font-medium">v{version}</span>
            <time dateTime={from} title={formatUtc(from)} className="text-faint w-40">
              {formatTime(from, "full", timeZone)}
            </time>
            <span className="text-dim">{by.name ?? "somebody who left"}</span>
            <span className="min-w-0 flex-1 break-words">{reason ?? ""}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
