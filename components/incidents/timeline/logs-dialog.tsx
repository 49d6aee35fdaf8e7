"use client";

import { useState } from "react";
import { writeEvent } from "#lib/client/incidents.queries.ts";
import type { TypedBody } from "#lib/contracts/incident-events.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import type { LogLine } from "#lib/contracts/logs.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { LogChoice, msOfLine } from "./log-choice.tsx";
import { SnapshotFields, useSnapshotChoice } from "./snapshot-fields.tsx";
import { SnapshotState } from "./snapshot-state.tsx";
import { queryTextOf, useSnapshot } from "./use-snapshot.ts";
import { useWrite } from "./use-write.ts";

const SPAN_MS = 15 * 60_000;
const MAX_LINES = 500;
const MAX_LINE = 10_000;
const NONE: ReadonlySet<number> = new Set();

/** As the timeline keeps a line: the store counts nanoseconds, people do not. */
function kept(line: LogLine) {
  return { at: new Date(msOfLine(line)).toISOString(), line: line.line.slice(0, MAX_LINE) };
}

/** Keeps chosen log lines of the quarter of an hour up to a moment. */
export function LogsDialog({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const choice = useSnapshotChoice(incident);
  const { subject, at } = choice;
  const query = useSnapshot(subject?.kind === "node" ? "node.logs" : "service.logs", choice, SPAN_MS);
  // What is ticked belongs to one answer; another one begins with nothing.
  const [ticked, setTicked] = useState({ of: query.data, chosen: NONE });
  const chosen = ticked.of === query.data ? ticked.chosen : NONE;
  const write = useWrite(
    incident.id,
    (body: TypedBody) => writeEvent(incident.id, { at: at ?? undefined, body }),
    onClose,
  );
  const submit = () => {
    if (!query.data) return;
    const { lines } = query.data.data;
    const picked = lines.filter((_, index) => chosen.has(index)).slice(0, MAX_LINES);
    const title = `${picked.length} of ${countOf(lines.length, "line")} of ${subject?.name}`;
    const oldestFirst = picked.toReversed().map(kept);
    write.mutate({ kind: "logs", title, query: queryTextOf(query.data.queries), lines: oldestFirst });
  };
  return (
    <FormDialog
      title="Keep log lines"
      submit={
        chosen.size === 0 ? "Choose lines first" : `Put ${countOf(chosen.size, "line")} on the timeline`
      }
      pending={write.isPending || chosen.size === 0}
      problem={write.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <SnapshotFields choice={choice} />
      </div>
      <SnapshotState query={query} skeleton={<ListSkeleton rows={6} rowHeight="h-6" />} />
      {query.data && (
        <LogChoice
          lines={query.data.data.lines}
          chosen={chosen}
          onChange={(next) => setTicked({ of: query.data, chosen: next })}
        />
      )}
    </FormDialog>
  );
}
