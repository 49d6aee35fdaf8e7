"use client";

import { ExternalLink } from "lucide-react";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { Exemplar } from "#lib/client/exemplar-answer.ts";
import { webAddress } from "#lib/client/web-address.ts";
import type { Unit } from "#lib/contracts/series.ts";
import { traceAddress } from "#lib/domain/logs/trace.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { seriesText } from "./series-text.ts";

const SHOWN = 20;

interface ExemplarsProps {
  found: readonly Exemplar[] | undefined;
  error: Error | null;
  unit: Unit;
  /** Where traces are shown, with `{traceId}` in it; null: nowhere. */
  traceUrl: string | null;
}

/** Single requests behind the lines, the highest first, each with its trace. */
export function Exemplars({ found, error, unit, traceUrl }: ExemplarsProps) {
  const { timeZone } = usePreferences().preferences;
  if (error) return <p className="text-critical mt-2">{problemOf(error).detail}</p>;
  if (!found) return <p className="text-dim mt-2">Looking for exemplars…</p>;
  if (found.length === 0) {
    return (
      <p className="text-dim mt-2">
        No exemplars. Prometheus keeps them for counters and buckets whose exporter sends them, with its
        feature exemplar-storage turned on.
      </p>
    );
  }
  return (
    <section aria-label="Exemplars" className="mt-3">
      <h3 className="text-dim mb-1.5 font-medium">
        {found.length > SHOWN
          ? `The highest ${SHOWN} of ${countOf(found.length, "exemplar")}`
          : countOf(found.length, "exemplar")}
      </h3>
      <DataTable
        label="Exemplars"
        columns={columnsOf(unit, timeZone, traceUrl)}
        rows={found.slice(0, SHOWN)}
        rowKey={keyOf}
      />
    </section>
  );
}

const keyOf = ({ atMs, value, labels }: Exemplar) => `${atMs} ${value} ${seriesText(labels)}`;

function columnsOf(unit: Unit, timeZone: string, traceUrl: string | null): Column<Exemplar>[] {
  return [
    {
      key: "at",
      header: "When",
      sortBy: ({ atMs }) => atMs,
      cell: ({ atMs }) => (
        <time dateTime={new Date(atMs).toISOString()} title={formatUtc(atMs)} className="whitespace-nowrap">
          {formatTime(atMs, "clockSeconds", timeZone)}
        </time>
      ),
    },
    {
      key: "value",
      header: "Value",
      align: "end",
      sortBy: ({ value }) => value,
      cell: ({ value }) => formatFigure(value, unit),
    },
    {
      key: "labels",
      header: "Of",
      cell: ({ labels }) => (
        <code className="font-mono text-[12px] break-all">{harmlessText(seriesText(labels))}</code>
      ),
    },
    {
      key: "trace",
      header: "Trace",
      align: "end",
      cell: ({ traceId }) => <TraceLink template={traceUrl} traceId={traceId} />,
    },
  ];
}

function TraceLink({ template, traceId }: { template: string | null; traceId: string | null }) {
  if (traceId === null) return "none";
  const href = template === null ? null : webAddress(traceAddress(template, traceId));
  if (!href) return <code className="font-mono text-[12px]">{traceId.slice(0, 8)}…</code>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="rounded-chip text-accent inline-flex min-h-6 items-center gap-1 underline"
    >
      {traceId.slice(0, 8)}…
      <ExternalLink size={12} aria-hidden="true" />
    </a>
  );
}
