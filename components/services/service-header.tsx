"use client";

import { Pencil } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { BarePanel } from "#components/shell/bare-panel.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { usePanel, useTick } from "#components/shell/page-panels.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ServiceFacts } from "./service-facts.tsx";
import { worstReason } from "./worst-reason.ts";

const CatalogueDialog = dynamic(() =>
  import("./catalogue-dialog.tsx").then((module) => module.CatalogueDialog),
);

interface ServiceHeaderProps {
  /** Null when the catalogue could not be read. */
  entry: CatalogueService | null;
}

/** How the service is, what it is and whose; the entry point of the catalogue edit. */
export function ServiceHeader({ entry: initial }: ServiceHeaderProps) {
  const [entry, setEntry] = useState(initial);
  const [edit, setEdit] = useState<{ round: number; open: boolean }>({ round: 0, open: false });
  const tick = useTick();
  const onSaved = (saved: CatalogueService) => {
    setEntry(saved);
    tick?.refresh();
  };
  return (
    <section aria-label="Status and facts" className="min-h-20">
      <div className="flex items-start justify-between gap-4">
        <ServiceState />
        {entry && (
          <GuardedButton
            action="catalogue:write"
            onClick={() => setEdit(({ round }) => ({ round: round + 1, open: true }))}
          >
            <Pencil size={13} aria-hidden="true" />
            Edit
          </GuardedButton>
        )}
      </div>
      <ServiceFacts entry={entry} />
      {entry && edit.round > 0 && (
        <CatalogueDialog
          key={edit.round}
          entry={entry}
          open={edit.open}
          onOpenChange={(open) => setEdit(({ round }) => ({ round, open }))}
          onSaved={onSaved}
        />
      )}
    </section>
  );
}

function ServiceState() {
  const view = usePanel("service.health");
  return (
    <BarePanel label="Status" view={view} skeleton={<Skeleton className="h-7 max-w-md" />} className="flex-1">
      {(health) => (
        <p className="text-title flex flex-wrap items-baseline gap-x-3 font-medium tracking-tight">
          <StatusBadge status={health.status} />
          <span className="min-w-0 break-words">{worstReason(health)}</span>
        </p>
      )}
    </BarePanel>
  );
}
