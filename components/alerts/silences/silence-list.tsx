"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { parseAsBoolean, useQueryState } from "nuqs";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ALERTS_KEY } from "#lib/client/alerts.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import { measuredView } from "#lib/client/measured-view.ts";
import { endSilence, extendSilence, silencesQuery } from "#lib/client/silences.queries.ts";
import type { Silence } from "#lib/contracts/silences.ts";
import { writeMatchers } from "#lib/domain/alerts/label-filter.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { formatAgo, formatUntil, formatUtc } from "#lib/format/time.ts";
import { useNow } from "#components/shell/clock.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";

const SilenceDialog = dynamic(() => import("./silence-dialog.tsx").then((module) => module.SilenceDialog));

const EXTEND_BY_MS = 2 * 3_600_000;

/** Silences, those that end first on top. */
export function SilenceList() {
  const [expired, setExpired] = useQueryState("expired", parseAsBoolean.withDefault(false));
  const [creating, setCreating] = useState(false);
  const answer = useQuery(silencesQuery(expired));
  const soon = answer.data?.data.silences.filter(({ endsSoon }) => endsSoon).length ?? 0;
  const title = answer.data ? countOf(answer.data.data.silences.length, "silence") : "Silences";
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <GuardedButton action="alerts:silence" variant="primary" onClick={() => setCreating(true)}>
          New silence
        </GuardedButton>
        <Button aria-pressed={expired} onClick={() => void setExpired(!expired || null)}>
          {expired ? "Hide expired ones" : "Show expired ones"}
        </Button>
      </div>
      <PanelFrame
        anchor="silences"
        title={soon === 0 ? title : `${title}, ${soon} ending within the hour`}
        view={measuredView(answer)}
        skeleton={<ListSkeleton rows={4} rowHeight="h-14" />}
      >
        {({ silences }) =>
          silences.length === 0 ? (
            <EmptyState title="Nothing is silenced">
              A silence keeps alerts quiet for a while, with who made it and why.
            </EmptyState>
          ) : (
            <ul aria-label="Silences">
              {silences.map((silence) => (
                <SilenceRow key={silence.id} silence={silence} />
              ))}
            </ul>
          )
        }
      </PanelFrame>
      {creating && <SilenceDialog matchers="" onClose={() => setCreating(false)} />}
    </>
  );
}

function SilenceRow({ silence }: { silence: Silence }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (verb: "extend" | "end") => {
      const { id, source, endsAt } = silence;
      if (verb === "end") return endSilence(silence);
      return extendSilence({
        id,
        source,
        endsAt: new Date(Date.parse(endsAt) + EXTEND_BY_MS).toISOString(),
      });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: [ALERTS_KEY] }),
  });
  return (
    <li className="border-line-soft flex flex-wrap items-start gap-x-4 gap-y-2 border-t py-2.5 first:border-t-0">
      <div className="min-w-0 flex-1 break-words max-sm:basis-full">
        <p className="font-mono">{writeMatchers(silence.matchers)}</p>
        <p className="text-dim">
          {silence.author}: {silence.reason}
        </p>
        <p className="text-small text-faint flex flex-wrap gap-x-3">
          <Ending silence={silence} />
          <span>{silence.silenced === 0 ? "quiets nothing now" : `quiets ${silence.silenced} now`}</span>
        </p>
        {change.error && <ProblemNotice problem={problemOf(change.error)} />}
      </div>
      {silence.state !== "expired" && (
        <div className="flex gap-2">
          <GuardedButton
            action="alerts:silence"
            className="max-sm:h-10"
            disabled={change.isPending}
            onClick={() => change.mutate("extend")}
          >
            2 h longer
          </GuardedButton>
          <GuardedButton
            action="alerts:silence"
            className="max-sm:h-10"
            disabled={change.isPending}
            onClick={() => change.mutate("end")}
          >
            End now
          </GuardedButton>
        </div>
      )}
    </li>
  );
}

function Ending({ silence: { state, startsAt, endsAt, endsSoon } }: { silence: Silence }) {
  const nowMs = useNow();
  if (nowMs === null) return null;
  if (state === "expired") return <time title={formatUtc(endsAt)}>ended {formatAgo(endsAt, nowMs)}</time>;
  if (state === "pending")
    return <time title={formatUtc(startsAt)}>begins {formatUntil(startsAt, nowMs)}</time>;
  const words = <time title={formatUtc(endsAt)}>ends {formatUntil(endsAt, nowMs)}</time>;
  return endsSoon ? <StatusBadge status="warning">{words}</StatusBadge> : words;
}
