"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { currentOf, problemOf } from "#lib/client/fetch-json.ts";
import { editEvent, timelineQuery } from "#lib/client/incidents.queries.ts";
import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { personWords } from "../incident-words.ts";
import { fromLocalField, toLocalField } from "#lib/client/local-field.ts";
import { TextArea } from "#components/ui/text-area.tsx";
import { TextDiffView } from "#components/ui/text-diff-view.tsx";

const asTimelineEntry = async () => (await import("#lib/contracts/incidents.ts")).TimelineEntry;

interface EntryEditorProps {
  incidentId: string;
  entry: TimelineEntry;
  onClose: () => void;
}

const textOf = ({ body }: TimelineEntry) => (body.kind === "note" ? body.markdown : null);

/** Edits what somebody wrote, and when it happened. When somebody else was faster, both texts stand side by side. */
export function EntryEditor({ incidentId, entry, onClose }: EntryEditorProps) {
  const client = useQueryClient();
  const zone = usePreferences().preferences.timeZone;
  const [base, setBase] = useState(entry);
  const [theirs, setTheirs] = useState<TimelineEntry | null>(null);
  const [text, setText] = useState(textOf(entry));
  const [atBefore] = useState(() => toLocalField(Date.parse(entry.at), zone));
  const [atText, setAtText] = useState(atBefore);
  const at = fromLocalField(atText, zone);
  const save = useMutation({
    mutationFn: () =>
      editEvent(incidentId, entry.seq, {
        revision: base.revision,
        // A field knows no milliseconds: a time that nobody touched stays as it is.
        ...(at === null || atText === atBefore ? {} : { at }),
        ...(text === null ? {} : { body: { kind: "note", markdown: text } }),
      }),
    onSuccess: () => {
      onClose();
      return client.invalidateQueries({ queryKey: timelineQuery(incidentId).queryKey });
    },
    onError: async (error) => {
      const current = await currentOf(asTimelineEntry, problemOf(error));
      if (!current) return;
      setTheirs(current);
      setBase(current);
    },
  });
  const problem = save.error && problemOf(save.error);
  return (
    <form
      className="mt-1 grid gap-2.5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {problem && (
        <ProblemNotice problem={problem}>{theirs && <Theirs theirs={theirs} mine={text} />}</ProblemNotice>
      )}
      {text !== null && (
        <Field label="Text">
          {(field) => (
            <TextArea
              rows={4}
              maxLength={20_000}
              value={text}
              onChange={(event) => setText(event.target.value)}
              {...field}
            />
          )}
        </Field>
      )}
      <Field
        label="When it happened"
        hint={`Time in ${zone}`}
        error={at === null ? "is not a date and time" : undefined}
      >
        {(field) => (
          <Input
            type="datetime-local"
            step={1}
            value={atText}
            onChange={(event) => setAtText(event.target.value)}
            {...field}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{theirs ? "Leave theirs" : "Cancel"}</Button>
        <Button
          variant="primary"
          type="submit"
          disabled={save.isPending || at === null || text?.trim() === ""}
        >
          {theirs ? "Put mine on top" : "Save"}
        </Button>
      </div>
    </form>
  );
}

/** What somebody else made of it meanwhile, against what is being typed. */
function Theirs({ theirs, mine }: { theirs: TimelineEntry; mine: string | null }) {
  const their = textOf(theirs);
  return (
    <div className="mt-2 grid gap-1.5">
      <p className="text-dim">
        <bdi>{personWords(theirs.by)}</bdi> changed it while you wrote. What you typed is kept below; neither
        text is lost.
      </p>
      {their !== null && mine !== null && (
        <TextDiffView before={their} after={mine} label="From their text to yours" />
      )}
    </div>
  );
}
