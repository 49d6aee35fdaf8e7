"use client";

import { Pencil } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { IncidentTime } from "#lib/contracts/incident-events.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { useMay } from "#components/shell/me.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/shell/card.tsx";

const TimeDialog = dynamic(() => import("../actions/time-dialog.tsx").then((module) => module.TimeDialog));

const LABELS: Record<IncidentTime, string> = {
  startedAt: "Impact began",
  detectedAt: "Detected",
  acknowledgedAt: "Acknowledged",
  mitigatedAt: "Mitigated",
  resolvedAt: "Resolved",
};
const FIELDS = Object.keys(LABELS) as IncidentTime[];

/** The times that durations are made of; each can be set right. */
export function TimesCard({ incident }: { incident: IncidentDetail }) {
  const [editing, setEditing] = useState<IncidentTime | null>(null);
  return (
    <Card title="Times">
      <dl className="grid gap-1">
        {FIELDS.map((field) => (
          <TimeRow key={field} incident={incident} field={field} onEdit={() => setEditing(field)} />
        ))}
      </dl>
      {editing && (
        <TimeDialog
          incident={incident}
          field={editing}
          label={LABELS[editing]}
          onClose={() => setEditing(null)}
        />
      )}
    </Card>
  );
}

interface TimeRowProps {
  incident: IncidentDetail;
  field: IncidentTime;
  onEdit: () => void;
}

function TimeRow({ incident, field, onEdit }: TimeRowProps) {
  const { timeZone } = usePreferences().preferences;
  const may = useMay("incidents:write") && incident.mergedInto === null;
  const at = incident[field];
  // Other times come with their transition; until then there is nothing to set right.
  const editable = may && (at !== null || field === "startedAt");
  return (
    <div className="flex min-h-7 items-center gap-3">
      <dt className="text-faint w-28 flex-none">{LABELS[field]}</dt>
      <dd className="flex min-w-0 flex-1 items-center justify-between gap-2">
        {at === null ? (
          <span className="text-faint">{field === "startedAt" ? "not known" : "not yet"}</span>
        ) : (
          <time dateTime={at} title={formatUtc(at)}>
            {formatTime(at, "full", timeZone)}
          </time>
        )}
        {editable && (
          <Button
            variant="ghost"
            size="iconSmall"
            className="max-sm:size-9"
            aria-label={`Set right: ${LABELS[field]}`}
            onClick={onEdit}
          >
            <Pencil size={13} aria-hidden="true" />
          </Button>
        )}
      </dd>
    </div>
  );
}
