"use client";

import { useQuery } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { gateVersionsQuery } from "#lib/client/gate-policy.queries.ts";
import type { VersionedGatePolicy } from "#lib/contracts/gate-policies.ts";
import { formatTime } from "#lib/format/time.ts";
import { Card } from "#components/shell/card.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { ChangesList } from "./changes-list.tsx";
import { CompareVersions, versionName } from "./compare-versions.tsx";

/** Every version with who wrote it, who published it, and what it changed. */
export function VersionList() {
  const { data, error } = useQuery(gateVersionsQuery);
  if (error && !data) return <ProblemNotice problem={problemOf(error)} />;
  return (
    <Card title="Versions">
      {data ? (
        <>
          <ol aria-label="Versions">
            {data.map((version, at) => (
              <VersionRow key={version.version} version={version} before={data[at + 1] ?? null} />
            ))}
          </ol>
          <CompareVersions versions={data} />
        </>
      ) : (
        <ListSkeleton rows={2} rowHeight="h-10" />
      )}
    </Card>
  );
}

function VersionRow({
  version: one,
  before,
}: {
  version: VersionedGatePolicy;
  before: VersionedGatePolicy | null;
}) {
  const { timeZone } = usePreferences().preferences;
  const { version, hash, author, publishedBy, publishedAt, reason, document } = one;
  const nameOf = (person: typeof author) => person?.name ?? person?.id ?? "nobody";
  return (
    <li className="border-line-soft border-t py-2 first:border-t-0">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{versionName(version)}</span>
        <span className="text-small text-faint font-mono" title={hash}>
          {hash.slice(0, 12)}
        </span>
        {author && (
          <span className="text-dim">
            written by <bdi>{nameOf(author)}</bdi>, published by <bdi>{nameOf(publishedBy)}</bdi>,{" "}
            {formatTime(publishedAt, "dayClock", timeZone)}
          </span>
        )}
      </p>
      {reason && <p className="text-dim break-words">{reason}</p>}
      {before && (
        <details>
          <summary className="text-dim cursor-pointer max-sm:py-2">What it changed</summary>
          <ChangesList was={before.document} is={document} />
        </details>
      )}
    </li>
  );
}
