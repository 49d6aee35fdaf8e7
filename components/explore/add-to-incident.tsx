"use client";

import { Siren } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import type { QueryTold } from "./query-note.ts";

const IncidentDialog = dynamic(() => import("./incident-dialog.tsx").then((module) => module.IncidentDialog));

/** Puts what is looked at on the timeline of an open incident. */
export function AddToIncident({ told }: { told: QueryTold }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <GuardedButton action="incidents:write" onClick={() => setOpen(true)}>
        <Siren size={13} aria-hidden="true" />
        Add to incident
      </GuardedButton>
      {open && <IncidentDialog told={told} onClose={() => setOpen(false)} />}
    </>
  );
}
