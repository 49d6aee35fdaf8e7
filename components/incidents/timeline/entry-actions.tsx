"use client";

import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { TimelineEntryRow } from "./timeline-entry.tsx";

interface EntryWithActionsProps {
  incidentId: string;
  entry: TimelineEntry;
  nameOf: (personId: string) => string;
}

/** An entry with what may be done about it. */
export function EntryWithActions(props: EntryWithActionsProps) {
  return <TimelineEntryRow {...props} />;
}
