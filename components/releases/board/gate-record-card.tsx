"use client";

import { useQuery } from "@tanstack/react-query";
import { doraQuery, gateRecordQuery } from "#lib/client/releases.queries.ts";
import type { GateRecord } from "#lib/contracts/releases.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { Card } from "#components/shell/card.tsx";
import { Age } from "#components/shell/moment.tsx";
import { Link } from "#components/ui/link.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { NotThere } from "../not-there.tsx";
import { doraFigures, type FigureTold, gateFigures } from "./gate-figures.ts";

const DAYS = 90;

/** How often the gate was wrong, and how the deliveries went, of one service or of all. */
export function GateRecordCard({ service }: { service: string | undefined }) {
  const record = useQuery(gateRecordQuery(service, DAYS));
  const dora = useQuery(doraQuery(service, DAYS));
  const error = record.error ?? dora.error;
  const retry = () => void Promise.all([record.refetch(), dora.refetch()]);
  return (
    <Card title="How the gate did" aside={`${service === undefined ? "" : `${service}, `}last ${DAYS} d`}>
      {record.data && dora.data ? (
        <>
          <Figures of={[...gateFigures(record.data), ...doraFigures(dora.data)]} />
          <Mistakes of={record.data.mistakes} />
        </>
      ) : (
        <NotThere error={error} onRetry={retry} skeleton={<Skeleton className="h-28" />} />
      )}
    </Card>
  );
}

function Figures({ of }: { of: readonly FigureTold[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 lg:grid-cols-4">
      {of.map(({ name, figure, more }) => (
        <div key={name} className="min-w-0">
          <dt className="text-small text-faint">{name}</dt>
          <dd>
            <span className="text-lead font-medium">{figure}</span>
            <span className="text-small text-faint block">{more}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const WORD_OF_MISTAKE = {
  false_approval: "approved, then burned",
  false_block: "held back, would have been fine",
} as const satisfies Record<GateRecord["mistakes"][number]["kind"], string>;

/** The newest releases that the gate was wrong about: what to look at before the policy is changed. */
function Mistakes({ of }: { of: GateRecord["mistakes"] }) {
  if (of.length === 0) return null;
  return (
    <details className="border-line-soft mt-3 border-t pt-2">
      <summary className="text-dim rounded-chip cursor-pointer max-sm:py-2">
        {countOf(of.length, "release")} it was wrong about
      </summary>
      <ul aria-label="Releases that the gate was wrong about">
        {of.map(({ kind, releaseId, service, version, requestedAt }) => (
          <li key={`${kind} ${releaseId}`} className="flex flex-wrap gap-x-3 py-1">
            <Link href={`/releases/${encodeURIComponent(releaseId)}`} className="font-medium hover:underline">
              {service} {harmlessText(version)}
            </Link>
            <span className="text-dim">{WORD_OF_MISTAKE[kind]}</span>
            <span className="text-faint">
              <Age at={requestedAt} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
