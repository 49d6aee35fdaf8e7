"use client";

import type { Postmortem } from "#lib/contracts/postmortems.ts";
import { SECTION_KEYS } from "#lib/domain/postmortems/sections.ts";
import { formatTime } from "#lib/format/time.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { TimeSeries } from "#components/charts/time-series.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { ActionItems } from "./action-items.tsx";
import { PostmortemAside } from "./postmortem-aside.tsx";
import { PostmortemHeader } from "./postmortem-header.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { SectionEditor } from "./section-editor.tsx";
import { type PostmortemEdit, usePostmortem } from "./use-postmortem.ts";

/** The post-mortem of an incident: written by many, in sections, on what the facts have filled in. */
export function PostmortemPage({ initial }: { initial: Postmortem }) {
  const edit = usePostmortem(initial);
  const { incident, actionItems, charts } = edit.newest;
  return (
    <>
      <PostmortemHeader edit={edit} />
      {edit.problem && <ProblemNotice problem={edit.problem} />}
      <Behind edit={edit} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-4">
          {SECTION_KEYS.map((section) => (
            <SectionEditor key={section} section={section} edit={edit} />
          ))}
        </div>
        <div className="grid min-w-0 gap-4">
          <ActionItems incidentId={incident.id} items={actionItems} />
          {charts.map((chart) => (
            <KeptChart key={chart.seq} chart={chart} />
          ))}
          <PostmortemAside postmortem={edit.newest} />
        </div>
      </div>
      <Unsaved edit={edit} />
    </>
  );
}

/** Within reach of the thumb, wherever on the long page one types. */
function Unsaved({ edit: { dirty, maySave, unsettled, save } }: { edit: PostmortemEdit }) {
  if (!dirty) return null;
  return (
    <div className="rounded-panel border-line bg-raised shadow-overlay sticky bottom-3 flex items-center gap-3 border px-4 py-2 max-sm:bottom-20">
      <p role="status" className="min-w-0 flex-1">
        {unsettled === 0 ? "Not saved yet" : "Somebody else changed the same section: choose a text first"}
      </p>
      <Button variant="primary" disabled={!maySave} onClick={() => save.mutate(false)}>
        Save
      </Button>
    </div>
  );
}

/** While one types, somebody else has saved. */
function Behind({ edit }: { edit: PostmortemEdit }) {
  if (!edit.behind || !edit.dirty) return null;
  return (
    <div
      role="status"
      className="rounded-control border-attention flex flex-wrap items-center gap-3 border px-3 py-2"
    >
      <p className="min-w-0 flex-1">
        Version {edit.newest.version} was saved while you typed. Nothing of yours is lost.
      </p>
      <Button onClick={() => edit.merge(edit.newest)}>Put both together</Button>
    </div>
  );
}

function KeptChart({ chart: { title, at, data } }: { chart: Postmortem["charts"][number] }) {
  const { timeZone } = usePreferences().preferences;
  const words = harmlessText(title);
  return (
    <section
      aria-label={words}
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <h2 className="text-dim mb-2 font-medium break-words">
        {words} <span className="text-small text-faint">kept {formatTime(at, "dayClock", timeZone)}</span>
      </h2>
      <TimeSeries data={data} label={words} heightPx={160} />
    </section>
  );
}
