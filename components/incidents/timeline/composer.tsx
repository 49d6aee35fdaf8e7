"use client";

import { ChartLine, Clock, ScrollText } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { writeEvent } from "#lib/client/incidents.queries.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { useMay } from "#components/shell/me.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { fromLocalField, toLocalField } from "#lib/client/local-field.ts";
import { TextArea } from "#components/ui/text-area.tsx";
import { AttachButton } from "./attach-button.tsx";
import { useWrite } from "./use-write.ts";

const ChartDialog = dynamic(() => import("./chart-dialog.tsx").then((module) => module.ChartDialog));
const LogsDialog = dynamic(() => import("./logs-dialog.tsx").then((module) => module.LogsDialog));

/** Where people write on the timeline: words, charts, log lines, files. */
export function Composer({ incident }: { incident: IncidentDetail }) {
  const may = useMay("incidents:write");
  const [dialog, setDialog] = useState<"chart" | "logs" | null>(null);
  if (!may) return null;
  return (
    <>
      <NoteForm incidentId={incident.id} onDialog={setDialog} />
      {dialog === "chart" && <ChartDialog incident={incident} onClose={() => setDialog(null)} />}
      {dialog === "logs" && <LogsDialog incident={incident} onClose={() => setDialog(null)} />}
    </>
  );
}

interface NoteFormProps {
  incidentId: string;
  onDialog: (dialog: "chart" | "logs") => void;
}

/** A note; what was typed stays until the server has it. */
function NoteForm({ incidentId, onDialog }: NoteFormProps) {
  const [text, setText] = useState("");
  const when = useMoment();
  const note = useWrite(
    incidentId,
    () => writeEvent(incidentId, { at: when.at, body: { kind: "note", markdown: text } }),
    () => {
      setText("");
      when.toNow();
    },
  );
  const empty = text.trim() === "";
  const ready = !empty && !note.isPending && !when.unreadable;
  const post = () => {
    if (ready) note.mutate();
  };
  return (
    <form
      aria-label="Write on the timeline"
      className="mb-3 grid gap-2"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        post();
      }}
    >
      {note.problem && <ProblemNotice problem={note.problem} />}
      <TextArea
        aria-label="What do you see, what did you do?"
        placeholder="What do you see, what did you do?"
        className="w-full"
        rows={empty ? 2 : 5}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) post();
        }}
      />
      {when.field}
      <div className="flex flex-wrap items-center gap-1.5">
        {when.button}
        <Button variant="ghost" className="max-sm:h-10" onClick={() => onDialog("chart")}>
          <ChartLine size={14} aria-hidden="true" />
          Chart
        </Button>
        <Button variant="ghost" className="max-sm:h-10" onClick={() => onDialog("logs")}>
          <ScrollText size={14} aria-hidden="true" />
          Logs
        </Button>
        <AttachButton incidentId={incidentId} at={when.at} />
        <Button
          type="submit"
          variant={empty ? "outline" : "primary"}
          className="ml-auto max-sm:h-10 max-sm:w-full max-sm:justify-center"
          disabled={!ready}
        >
          Write
        </Button>
      </div>
    </form>
  );
}

/** When it happened: now, or a moment that somebody names. */
function useMoment() {
  const zone = usePreferences().preferences.timeZone;
  const [typed, setTyped] = useState<string | null>(null);
  const at = typed === null ? null : fromLocalField(typed, zone);
  const unreadable = typed !== null && at === null;
  return {
    at: at ?? undefined,
    unreadable,
    toNow: () => setTyped(null),
    field: typed !== null && (
      <Input
        type="datetime-local"
        step={1}
        aria-label={`When it happened, time in ${zone}`}
        aria-invalid={unreadable}
        className="w-fit"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    ),
    button: (
      <Button
        variant="ghost"
        className="max-sm:h-10"
        aria-pressed={typed !== null}
        onClick={() => setTyped(typed === null ? toLocalField(Date.now(), zone) : null)}
      >
        <Clock size={14} aria-hidden="true" />
        {typed === null ? "Now" : "At a time"}
      </Button>
    ),
  };
}
