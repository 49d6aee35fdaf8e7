"use client";

import { clsx } from "clsx";
import { Pin } from "lucide-react";
import type { ReactNode } from "react";
import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { TypedText } from "#components/ui/markdown.tsx";
import { personWords } from "../incident-words.ts";
import { EntryContent } from "./entry-content.tsx";
import { type EventWords, eventWords } from "./event-words.ts";
import { isWritten } from "./is-written.ts";

const TONE: Record<EventWords["tone"], string> = {
  plain: "text-faint",
  bad: "text-critical",
  good: "text-healthy",
  step: "text-attention",
};

interface TimelineEntryRowProps {
  incidentId: string;
  entry: TimelineEntry;
  nameOf: (personId: string) => string;
  /** What may be done with it. */
  actions?: ReactNode;
  /** Stands in place of what it says, while it is being edited. */
  editor?: ReactNode;
  below?: ReactNode;
}

/** One fact of the timeline: when, a shape on the line, what happened, and what somebody put there. */
export function TimelineEntryRow({
  incidentId,
  entry,
  nameOf,
  actions,
  editor,
  below,
}: TimelineEntryRowProps) {
  const { timeZone } = usePreferences().preferences;
  const { at, body, by, pinned, revision } = entry;
  const words = eventWords(body, { nameOf, zone: timeZone });
  const Icon = words.icon;
  return (
    <li className="group relative grid grid-cols-[76px_22px_minmax(0,1fr)] gap-x-2.5 max-sm:grid-cols-[22px_minmax(0,1fr)]">
      <time
        dateTime={at}
        title={formatUtc(at)}
        className="text-faint pt-2.25 text-right whitespace-nowrap max-sm:order-3 max-sm:col-start-2 max-sm:hidden"
      >
        {formatTime(at, "clockSeconds", timeZone)}
      </time>
      <span className="before:bg-line relative flex justify-center before:absolute before:inset-y-0 before:w-px group-last:before:bottom-auto group-last:before:h-4">
        <span className={clsx("bg-panel relative mt-2.25 h-fit py-0.5", TONE[words.tone])}>
          <Icon size={14} aria-hidden="true" />
        </span>
      </span>
      <div className="min-w-0 pt-2 pb-3">
        <div className="relative">
          <p className="min-w-0 pr-8 break-words">
            {pinned && <Pin size={12} aria-label="Pinned" className="text-accent mr-1 inline align-[-1px]" />}
            {words.deed && <bdi className="font-medium">{personWords(by)}</bdi>}
            {words.deed && words.text !== "" && " "}
            <span className="[unicode-bidi:isolate]">{harmlessText(words.text)}</span>
            {revision > 1 && <span className="text-small text-faint"> edited</span>}
            <time dateTime={at} title={formatUtc(at)} className="text-small text-faint block sm:hidden">
              {formatTime(at, "dayClock", timeZone)}
            </time>
          </p>
          <span className="absolute -top-1 right-0 max-sm:-top-2.5">{actions}</span>
        </div>
        {editor || (
          <>
            {words.detail !== null && (
              <div className="text-dim">
                <TypedText text={words.detail} />
              </div>
            )}
            {isWritten(body) && <EntryContent incidentId={incidentId} body={body} />}
          </>
        )}
        {below}
      </div>
    </li>
  );
}
