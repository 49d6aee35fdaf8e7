"use client";

import { Download } from "lucide-react";
import type { WrittenBody } from "#lib/contracts/incident-events.ts";
import { writeBytes } from "#lib/domain/words/figures.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { TimeSeries } from "#components/charts/time-series.tsx";
import { Markdown } from "#components/ui/markdown.tsx";
import { attachmentPath } from "#lib/client/incidents.queries.ts";

/** What somebody put on the timeline: words, a chart as it was, log lines, a file. */
export function EntryContent({ incidentId, body }: { incidentId: string; body: WrittenBody }) {
  switch (body.kind) {
    case "note":
      return <Markdown text={body.markdown} className="text-dim" />;
    case "chart":
      return <Snapshot body={body} />;
    case "logs":
      return <Excerpt body={body} />;
    case "attachment":
      return (
        <a
          href={attachmentPath(incidentId, body.attachmentId)}
          download
          className="rounded-control border-line text-dim hover:text-ink hover:border-line-strong inline-flex max-w-full items-center gap-2 border px-2.5 py-1.5"
        >
          <Download size={14} aria-hidden="true" className="flex-none" />
          <span className="min-w-0 break-all">{harmlessText(body.name)}</span>
          <span className="text-faint flex-none">{writeBytes(body.bytes)}</span>
        </a>
      );
  }
}

const FRAME = "rounded-control border-line-soft mt-1 border px-3 py-2";

function Snapshot({ body: { title, query, data } }: { body: Extract<WrittenBody, { kind: "chart" }> }) {
  const { timeZone } = usePreferences().preferences;
  const points = data.series.reduce((most, { values }) => Math.max(most, values.length), 0);
  const endMs = (data.startSeconds + Math.max(0, points - 1) * data.stepSeconds) * 1000;
  return (
    <div className={FRAME}>
      <TimeSeries data={data} label={harmlessText(title)} heightPx={140} />
      <p className="text-small text-faint mt-1">
        The series as measured up to{" "}
        <time dateTime={new Date(endMs).toISOString()} title={formatUtc(endMs)}>
          {formatTime(endMs, "clockSeconds", timeZone)}
        </time>
      </p>
      <QueryText query={query} />
    </div>
  );
}

function Excerpt({ body: { title, query, lines } }: { body: Extract<WrittenBody, { kind: "logs" }> }) {
  const { timeZone } = usePreferences().preferences;
  return (
    <div className={FRAME}>
      <ol
        aria-label={harmlessText(title)}
        tabIndex={0}
        className="text-small grid max-h-72 gap-0.5 overflow-y-auto font-mono"
      >
        {lines.map(({ at, line }, index) => (
          <li key={`${at} ${index}`} className="flex gap-3 max-sm:flex-wrap max-sm:gap-y-0">
            <time dateTime={at} title={formatUtc(at)} className="text-faint flex-none">
              {formatTime(at, "clockSeconds", timeZone)}
            </time>
            <span className="text-dim min-w-0 flex-1 break-all whitespace-pre-wrap [unicode-bidi:isolate] max-sm:basis-full">
              {harmlessText(line)}
            </span>
          </li>
        ))}
      </ol>
      <QueryText query={query} />
    </div>
  );
}

function QueryText({ query }: { query: string }) {
  if (query === "") return null;
  return (
    <details className="text-small text-faint mt-1">
      <summary className="rounded-chip w-fit cursor-pointer">View query</summary>
      <code className="block font-mono break-all whitespace-pre-wrap">{harmlessText(query)}</code>
    </details>
  );
}
