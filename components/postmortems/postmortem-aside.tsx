"use client";

import type { Postmortem } from "#lib/contracts/postmortems.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { Link } from "#components/ui/link.tsx";
import { personName } from "./postmortem-words.ts";

/** What the incident cost, and who saved what. */
export function PostmortemAside({ postmortem: { spent, versions } }: { postmortem: Postmortem }) {
  const { timeZone } = usePreferences().preferences;
  return (
    <>
      <section
        aria-label="Budget spent"
        className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
      >
        <h2 className="text-dim mb-2 font-medium">What it cost</h2>
        {spent.length === 0 && <p className="text-dim">No SLO is kept for what it was about.</p>}
        <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1.5">
          {spent.map(({ id, key, spentRatio }) => (
            <div key={id} className="contents">
              <dt className="min-w-0 break-words">
                <Link href={`/slos/${encodeURIComponent(id)}`} className="rounded-chip">
                  {key}
                </Link>
              </dt>
              <dd>
                <Figure
                  text={`${writeRatio(spentRatio)}${spentRatio === null ? "" : " of the budget"}`}
                  why={spentRatio === null ? "Nothing was measured while it lasted" : null}
                />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {versions.length > 0 && (
        <section
          aria-label="Versions"
          className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
        >
          <h2 className="text-dim mb-2 font-medium">Versions</h2>
          <ol className="grid gap-1.5">
            {versions.map(({ version, by, at, publishedAt }) => (
              <li key={version} className="flex flex-wrap gap-x-2.5">
                <span>v{version}</span>
                <time dateTime={at} title={formatUtc(at)} className="text-faint">
                  {formatTime(at, "dayClock", timeZone)}
                </time>
                <bdi className="text-dim">{personName(by)}</bdi>
                {publishedAt !== null && <span className="text-healthy">published</span>}
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
