"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { cancelFreeze, FREEZES_KEY } from "#lib/client/freezes.queries.ts";
import type { Freeze } from "#lib/contracts/freezes.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { readRecurrence } from "#lib/domain/slo/time/recurrence.ts";
import { recurrenceInWords } from "#lib/domain/slo/time/recurrence-words.ts";
import { formatTime } from "#lib/format/time.ts";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { concerned } from "./concerned.ts";

interface FreezeListProps {
  freezes: readonly Freeze[];
  zone: string;
}

/** Every freeze with who declared it, why, and for whom; those that were cancelled are folded. */
export function FreezeList({ freezes, zone }: FreezeListProps) {
  const cancelled = freezes.filter(({ cancelledAt }) => cancelledAt !== null);
  return (
    <>
      <Rows label="Freezes" freezes={freezes.filter(({ cancelledAt }) => cancelledAt === null)} zone={zone} />
      {cancelled.length > 0 && (
        <details className="border-line-soft border-t pt-2">
          <summary className="text-dim rounded-chip cursor-pointer max-sm:py-2">
            {countOf(cancelled.length, "cancelled freeze")}
          </summary>
          <Rows label="Cancelled freezes" freezes={cancelled} zone={zone} />
        </details>
      )}
    </>
  );
}

function Rows({ label, freezes, zone }: FreezeListProps & { label: string }) {
  return (
    <ul aria-label={label}>
      {freezes.map((freeze) => (
        <FreezeRow key={freeze.id} freeze={freeze} zone={zone} />
      ))}
    </ul>
  );
}

function whenInWords({ when }: Freeze, zone: string): string {
  if (when.kind === "once")
    return `${formatTime(when.from, "dayClock", zone)} to ${formatTime(when.to, "dayClock", zone)}`;
  const [date, clock] = when.startsAt.split("T");
  const hours = Math.round(when.durationMinutes / 6) / 10;
  const reading = readRecurrence(when.rule);
  const often = reading.ok ? recurrenceInWords(reading.rule) : when.rule;
  return `${often} at ${clock} for ${hours} h, from ${date}, on the clock of ${when.zone}`;
}

function FreezeRow({ freeze, zone }: { freeze: Freeze; zone: string }) {
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const cancel = useMutation({
    mutationFn: () => cancelFreeze(freeze.id),
    onSettled: () => client.invalidateQueries({ queryKey: [FREEZES_KEY] }),
  });
  const { name, reason, createdBy, createdAt, cancelledAt, active } = freeze;
  return (
    <li className="border-line-soft flex flex-wrap items-start gap-x-4 gap-y-2 border-t py-2.5">
      <div className="min-w-0 flex-1 break-words max-sm:basis-full">
        <p className="flex flex-wrap gap-x-3">
          <bdi className="font-medium">{name}</bdi>
          {active && <StatusBadge status="exhausted">holds now</StatusBadge>}
          {cancelledAt && (
            <span className="text-faint">cancelled {formatTime(cancelledAt, "dayClock", zone)}</span>
          )}
        </p>
        <p className="text-dim">
          {concerned(freeze)} · {whenInWords(freeze, zone)}
        </p>
        <p className="text-small text-faint">
          <bdi>{createdBy.name ?? createdBy.id}</bdi>, {formatTime(createdAt, "dayClock", zone)}: {reason}
        </p>
        {cancel.error && <ProblemNotice problem={problemOf(cancel.error)} />}
      </div>
      {!cancelledAt && (
        <GuardedButton
          action="freezes:write"
          className="max-sm:h-10"
          disabled={cancel.isPending}
          onBlur={() => setSure(false)}
          onClick={() => (sure ? cancel.mutate() : setSure(true))}
        >
          {sure ? "Yes, cancel it" : "Cancel it"}
        </GuardedButton>
      )}
    </li>
  );
}
