"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { openIncidentsQuery, writeEvent } from "#lib/client/incidents.queries.ts";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Link } from "#components/ui/link.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { queryNote, type QueryTold } from "./query-note.ts";

const TITLE = "Add to an incident";
const MAX_WORDS = 5_000;

/** Puts a query, with the way back to it, on the timeline of an open incident. */
export function IncidentDialog({ told, onClose }: { told: QueryTold; onClose: () => void }) {
  const incidents = useQuery(openIncidentsQuery());
  const [chosen, setChosen] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const id = chosen ?? incidents.data?.[0]?.id ?? null;
  const write = useMutation({
    mutationFn: (incident: string) =>
      writeEvent(incident, { body: { kind: "note", markdown: queryNote({ ...told, words }) } }),
  });
  if (!incidents.data || id === null || write.isSuccess) {
    return (
      <Dialog open onOpenChange={(open) => !open && onClose()} title={TITLE}>
        {write.isSuccess ? (
          <p role="status">
            It stands on the timeline of{" "}
            <Link href={`/incidents/${write.variables}`} className="text-accent rounded-chip underline">
              {write.variables}
            </Link>
            .
          </p>
        ) : incidents.error ? (
          <ProblemNotice problem={problemOf(incidents.error)} />
        ) : incidents.data ? (
          <p className="text-dim">
            No incident is open.{" "}
            <Link href="/incidents" className="text-accent rounded-chip underline">
              Open one
            </Link>{" "}
            first; “Copy link” keeps this query until then.
          </p>
        ) : (
          <ListSkeleton rows={3} rowHeight="h-8" />
        )}
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={TITLE}
      submit="Put on the timeline"
      pending={write.isPending}
      problem={write.error && problemOf(write.error)}
      onSubmit={() => write.mutate(id)}
      onClose={onClose}
    >
      <Field label="Incident">
        {(field) => (
          <Select
            choices={incidents.data.map((one) => ({ value: one.id, label: `${one.id} ${one.title}` }))}
            value={id}
            onChange={({ target }) => setChosen(target.value)}
            {...field}
          />
        )}
      </Field>
      <Field
        label="What does it show?"
        hint="May stay empty: the query and a link to it are written in any case"
      >
        {(field) => (
          <TextArea
            rows={3}
            maxLength={MAX_WORDS}
            value={words}
            onChange={({ target }) => setWords(target.value)}
            {...field}
          />
        )}
      </Field>
    </FormDialog>
  );
}
