"use client";

import { Pencil, Wand2 } from "lucide-react";
import { useId, useState } from "react";
import { SECTION_WORDS, type SectionKey } from "#lib/domain/postmortems/sections.ts";
import { useMay } from "#components/shell/me.tsx";
import { Button } from "#components/ui/button.tsx";
import { Markdown } from "#components/ui/markdown.tsx";
import type { PostmortemEdit } from "./use-postmortem.ts";

const MAX_LENGTH = 20_000;
const MIN_ROWS = 3;
const MAX_ROWS = 24;

/** As high as its text, within limits. */
function rowsOf(text: string): number {
  const lines = text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 110), 0);
  return Math.min(MAX_ROWS, Math.max(MIN_ROWS, lines + 1));
}

/** One section: its text, what the facts would write, and what somebody else wrote at the same time. */
export function SectionEditor({ section, edit }: { section: SectionKey; edit: PostmortemEdit }) {
  const id = useId();
  const mayWrite = useMay("incidents:write");
  const { title, asks } = SECTION_WORDS[section];
  const text = edit.mine[section];
  const draft = edit.newest.draft[section];
  const theirs = edit.theirs[section];
  const [editing, setEditing] = useState(false);
  const typing = mayWrite && (editing || edit.newest.state !== "published");
  if (!typing)
    return <Written section={section} text={text} onEdit={mayWrite ? () => setEditing(true) : null} />;
  return (
    <section className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5">
      <header className="mb-1 flex min-h-7.5 items-center gap-3">
        <h2 className="min-w-0 flex-1 font-medium">
          <label htmlFor={id}>{title}</label>
        </h2>
        {draft !== "" && draft !== text && (
          <Button variant="ghost" onClick={() => edit.write(section, draft)}>
            <Wand2 size={14} aria-hidden="true" />
            Fill from the facts
          </Button>
        )}
      </header>
      <p id={`${id}-asks`} className="text-small text-faint mb-1.5">
        {asks}
      </p>
      <textarea
        id={id}
        aria-describedby={`${id}-asks`}
        rows={rowsOf(text)}
        maxLength={MAX_LENGTH}
        value={text}
        onChange={({ target }) => edit.write(section, target.value)}
        className="rounded-control border-line-strong bg-panel text-ink block field-sizing-content max-h-[70vh] min-h-16 w-full border px-2.5 py-1.5 max-sm:text-[16px]"
      />
      {theirs !== undefined && <BothTexts section={section} theirs={theirs} edit={edit} />}
    </section>
  );
}

/** A section as it is read: once it is published, and by whoever does not write. */
function Written(props: { section: SectionKey; text: string; onEdit: (() => void) | null }) {
  const { section, text, onEdit } = props;
  const { title } = SECTION_WORDS[section];
  return (
    <section className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5">
      <header className="mb-1 flex min-h-7.5 items-center gap-3">
        <h2 className="min-w-0 flex-1 font-medium">{title}</h2>
        {onEdit && (
          <Button variant="ghost" aria-label={`Edit: ${title}`} onClick={onEdit}>
            <Pencil size={14} aria-hidden="true" />
            Edit
          </Button>
        )}
      </header>
      {text === "" ? <p className="text-faint">Nothing written</p> : <Markdown text={text} />}
    </section>
  );
}

function BothTexts({ section, theirs, edit }: { section: SectionKey; theirs: string; edit: PostmortemEdit }) {
  const mine = edit.mine[section];
  return (
    <div role="alert" className="rounded-control border-warning mt-2 border px-3 py-2">
      <p className="font-medium">Somebody else changed this section, too. Above is yours, this is theirs:</p>
      <p className="text-dim my-1.5 max-h-72 overflow-y-auto break-words whitespace-pre-wrap">
        {theirs === "" ? "(empty)" : theirs}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => edit.settle(section, mine)}>Keep mine</Button>
        <Button onClick={() => edit.settle(section, theirs)}>Take theirs</Button>
        <Button onClick={() => edit.settle(section, `${theirs}\n\n${mine}`)}>Both</Button>
      </div>
    </div>
  );
}
