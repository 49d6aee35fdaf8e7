"use client";

import { useMutation } from "@tanstack/react-query";
import { clsx } from "clsx";
import { problemOf } from "#lib/client/fetch-json.ts";
import { approveEntry, withdrawEntry } from "#lib/client/slo-entries.queries.ts";
import type { LedgerEntry } from "#lib/contracts/slo-entries.ts";
import { whyNotApprove, whyNotWithdraw } from "#lib/domain/slo/entries/entry-rules.ts";
import { useNow } from "#components/shell/clock.ts";
import { useMe } from "#components/shell/me.tsx";
import { Age } from "#components/shell/moment.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { factInWords, kindOf, reasonOf, WORD_OF_KIND, WORD_OF_STATE } from "./entry-words.ts";

interface EntryRowProps {
  sloId: string;
  entry: LedgerEntry;
  onChanged: () => void;
}

/** One entry: what it changes and why, who stands behind it, and what the viewer may do about it. */
export function EntryRow({ sloId, entry, onChanged }: EntryRowProps) {
  const zone = usePreferences().preferences.timeZone;
  const { fact, state, by, approvedBy, at } = entry;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5 py-2.5 first:pt-0 last:pb-0">
      <div className={clsx("min-w-0 flex-1 basis-72", state === "withdrawn" && "text-faint")}>
        <p className="break-words">
          <span className="font-medium">{WORD_OF_KIND[kindOf(fact)]}</span>{" "}
          <span className={clsx("ml-1", state === "proposed" ? "text-warning" : "text-dim")}>
            {WORD_OF_STATE[state]}
          </span>
        </p>
        <p className={clsx("break-words", state === "withdrawn" && "line-through")}>
          {factInWords(fact, zone)}
        </p>
        <p className="text-dim break-words">{reasonOf(fact)}</p>
        <p className="text-small text-faint">
          by <bdi>{by.name ?? "somebody no longer known"}</bdi>, <Age at={at} />
          {approvedBy && (
            <>
              , agreed to by <bdi>{approvedBy.name ?? "somebody no longer known"}</bdi>
            </>
          )}
        </p>
      </div>
      <EntryActions sloId={sloId} entry={entry} onChanged={onChanged} />
    </li>
  );
}

function EntryActions({ sloId, entry, onChanged }: EntryRowProps) {
  const me = useMe();
  const nowMs = useNow() ?? 0;
  const approve = useMutation({ mutationFn: () => approveEntry(sloId, entry.id), onSuccess: onChanged });
  const withdraw = useMutation({ mutationFn: () => withdrawEntry(sloId, entry.id), onSuccess: onChanged });
  const { fact, state, by } = entry;
  if (state === "withdrawn") return null;
  const added = { fact, state, authorId: by.id };
  const failure = approve.error ?? withdraw.error;
  const busy = approve.isPending || withdraw.isPending;
  return (
    <div className="max-sm:w-full">
      <div className="flex gap-2">
        {state === "proposed" && (
          <Act label="Agree" why={whyNotApprove(added, me)} busy={busy} run={() => approve.mutate()} />
        )}
        <Act
          label="Withdraw"
          why={whyNotWithdraw(added, me, nowMs)}
          busy={busy}
          run={() => withdraw.mutate()}
        />
      </div>
      {failure && (
        <p role="alert" className="text-small text-critical mt-1 max-w-64">
          {problemOf(failure).detail}
        </p>
      )}
    </div>
  );
}

/** A button that, for whoever may not use it, stays in reach and says why. */
function Act({
  label,
  why,
  busy,
  run,
}: {
  label: string;
  why: string | null;
  busy: boolean;
  run: () => void;
}) {
  if (why === null) {
    return (
      <Button disabled={busy} onClick={run}>
        {label}
      </Button>
    );
  }
  return (
    <Button aria-disabled title={why} className="cursor-not-allowed opacity-50">
      {label}
    </Button>
  );
}
