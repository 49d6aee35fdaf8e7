"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { MoreHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { editEvent, timelineQuery } from "#lib/client/incidents.queries.ts";
import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { useMay } from "#components/shell/me.tsx";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { isWritten } from "./is-written.ts";
import { TimelineEntryRow } from "./timeline-entry.tsx";

const Revisions = dynamic(() => import("./revisions.tsx").then((module) => module.Revisions));
const EntryEditor = dynamic(() => import("./entry-editor.tsx").then((module) => module.EntryEditor));

interface EntryWithActionsProps {
  incidentId: string;
  entry: TimelineEntry;
  nameOf: (personId: string) => string;
  /** Nothing is written on the timeline of an incident that is part of another. */
  readOnly: boolean;
}

/** An entry with what may be done about it: pin it, edit it, read what it said before. */
export function EntryWithActions({ incidentId, entry, nameOf, readOnly }: EntryWithActionsProps) {
  const client = useQueryClient();
  const may = useMay("incidents:write") && !readOnly;
  const [shown, setShown] = useState<"editor" | "revisions" | null>(null);
  const pin = useMutation({
    mutationFn: () => editEvent(incidentId, entry.seq, { revision: entry.revision, pinned: !entry.pinned }),
    onSettled: () => client.invalidateQueries({ queryKey: timelineQuery(incidentId).queryKey }),
  });
  return (
    <TimelineEntryRow
      incidentId={incidentId}
      entry={entry}
      nameOf={nameOf}
      editor={
        shown === "editor" && (
          <EntryEditor incidentId={incidentId} entry={entry} onClose={() => setShown(null)} />
        )
      }
      below={
        <>
          {pin.error && (
            <p role="alert" className="text-small text-critical">
              {problemOf(pin.error).detail}
            </p>
          )}
          {shown === "revisions" && <Revisions entry={entry} />}
        </>
      }
      actions={
        <EntryMenu
          entry={entry}
          may={may}
          onPin={() => pin.mutate()}
          onEdit={() => setShown("editor")}
          revisionsShown={shown === "revisions"}
          onRevisions={() => setShown(shown === "revisions" ? null : "revisions")}
        />
      }
    />
  );
}

interface EntryMenuProps {
  entry: TimelineEntry;
  may: boolean;
  onPin: () => void;
  onEdit: () => void;
  revisionsShown: boolean;
  onRevisions: () => void;
}

function EntryMenu({ entry, may, onPin, onEdit, revisionsShown, onRevisions }: EntryMenuProps) {
  const editable = may && isWritten(entry.body);
  const edited = entry.revisions.length > 0;
  if (!may && !edited) return null;
  const trigger = (
    <Button
      variant="ghost"
      size="iconSmall"
      aria-label="What to do with this entry"
      className="max-sm:size-9 sm:opacity-0 sm:group-focus-within:opacity-100 sm:group-hover:opacity-100 sm:data-[state=open]:opacity-100"
    >
      <MoreHorizontal size={14} aria-hidden="true" />
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      {may && <MenuItem onSelect={onPin}>{entry.pinned ? "Unpin" : "Pin to the top"}</MenuItem>}
      {editable && <MenuItem onSelect={onEdit}>Edit</MenuItem>}
      {edited && <MenuItem onSelect={onRevisions}>{revisionsShown ? "Hide edits" : "Show edits"}</MenuItem>}
    </Menu>
  );
}
