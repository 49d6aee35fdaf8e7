"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { entriesQuery } from "#lib/client/slo-entries.queries.ts";
import { SLOS_KEY } from "#lib/client/slos.queries.ts";
import type { PanelView } from "#lib/client/panel-lines.ts";
import type { LedgerEntry } from "#lib/contracts/slo-entries.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { EntryRow } from "./entry-row.tsx";

const EntryDialog = dynamic(() => import("./entry-dialog.tsx").then((module) => module.EntryDialog));

/** What people added to the ledger of an SLO, with what can be done about it. */
export function EntriesPanel({ sloId }: { sloId: string }) {
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const answer = useQuery(entriesQuery(sloId));
  const changed = () => void client.invalidateQueries({ queryKey: [SLOS_KEY, sloId] });
  const view = viewOf(answer);
  return (
    <>
      <PanelFrame
        anchor="ledger-entries"
        title={view.state === "ready" ? inWords(view.data) : "Exclusions and corrections"}
        view={view}
        skeleton={<ListSkeleton rows={2} rowHeight="h-12" />}
      >
        {(entries) => (
          <>
            <div className="mb-2">
              <GuardedButton action="slos:draft" onClick={() => setAdding(true)}>
                <Plus size={14} aria-hidden="true" />
                Add to the ledger
              </GuardedButton>
            </div>
            {entries.length === 0 ? (
              <EmptyState title="Nothing was left out or corrected">
                The budget is what was measured. Maintenance can be excluded, and a miscount corrected.
              </EmptyState>
            ) : (
              <ul className="divide-line-soft divide-y">
                {entries.map((entry) => (
                  <EntryRow key={entry.id} sloId={sloId} entry={entry} onChanged={changed} />
                ))}
              </ul>
            )}
          </>
        )}
      </PanelFrame>
      {adding && <EntryDialog sloId={sloId} onAdded={changed} onClose={() => setAdding(false)} />}
    </>
  );
}

function viewOf(
  answer: Pick<ReturnType<typeof useQuery<{ entries: LedgerEntry[] }>>, "data" | "error" | "dataUpdatedAt">,
): PanelView<LedgerEntry[]> {
  const { data, error, dataUpdatedAt } = answer;
  if (!data) return error ? { state: "failed", problem: problemOf(error) } : { state: "loading" };
  const receivedAt = new Date(dataUpdatedAt).toISOString();
  return {
    ...{ state: "ready", data: data.entries, receivedAt, asOf: null, queries: [], warnings: [] },
    ...{ partial: false, stale: error ? problemOf(error).detail : null, superseded: false },
  };
}

function inWords(entries: readonly LedgerEntry[]): string {
  const waiting = entries.filter(({ state }) => state === "proposed").length;
  const standing = entries.filter(({ state }) => state === "in_force").length;
  const waits = waiting === 0 ? "" : `, ${waiting} ${waiting === 1 ? "waits" : "wait"} for a second person`;
  return standing + waiting === 0
    ? "Exclusions and corrections"
    : `${countOf(standing, "ledger entry", "ledger entries")} in force${waits}`;
}
