"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { IncidentFilter } from "#lib/client/incident-filter.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";

const OpenDialog = dynamic(() => import("./open-dialog.tsx").then((module) => module.OpenDialog));

/** The way to open an incident by hand; `about` is what the list is narrowed to. */
export function OpenIncident({ about }: { about: IncidentFilter }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <GuardedButton
        action="incidents:write"
        variant="primary"
        className="max-lg:w-full max-lg:justify-center max-sm:h-10"
        onClick={() => setOpen(true)}
      >
        <Plus size={14} aria-hidden="true" />
        Open an incident
      </GuardedButton>
      {open && <OpenDialog about={about} onClose={() => setOpen(false)} />}
    </>
  );
}
