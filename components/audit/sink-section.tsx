"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { auditSinkQuery, deleteAuditSink } from "#lib/client/audit.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { AuditSink } from "#lib/contracts/audit.ts";
import { useMay } from "#components/shell/me.tsx";
import { ErrorState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { SinkState } from "./sink-state.tsx";
import { Section } from "./section.tsx";

const SinkForm = dynamic(() => import("./sink-form.tsx").then((module) => module.SinkForm));

type Open = "form" | "removal" | null;

/** Where records are sent as they are written: a copy that nobody here can change. */
export function SinkSection() {
  const [open, setOpen] = useState<Open>(null);
  const query = useQuery(auditSinkQuery);
  const client = useQueryClient();
  const keep = (saved: AuditSink | null) => {
    client.setQueryData(auditSinkQuery.queryKey, saved);
    void client.invalidateQueries({ queryKey: ["audit", "records"] });
    setOpen(null);
  };
  const sink = query.data;
  return (
    <Section
      title="Copy elsewhere"
      busy={query.isPending}
      actions={sink !== undefined && <Actions sink={sink} onOpen={setOpen} />}
    >
      {query.isPending && <ListSkeleton rows={2} rowHeight="h-9" />}
      {query.isError && <ErrorState problem={problemOf(query.error)} onRetry={() => void query.refetch()} />}
      {sink !== undefined && <SinkBody sink={sink} open={open} onOpen={setOpen} onKept={keep} />}
    </Section>
  );
}

interface SinkBodyProps {
  sink: AuditSink | null;
  open: Open;
  onOpen: (open: Open) => void;
  onKept: (sink: AuditSink | null) => void;
}

function SinkBody({ sink, open, onOpen, onKept }: SinkBodyProps) {
  const close = () => onOpen(null);
  return (
    <>
      {sink && <SinkState sink={sink} />}
      {!sink && open === null && (
        <p className="text-dim max-w-prose">
          Records stay in this database alone. Sent to a webhook as they are written, they are also where
          nobody who rules the database can change them.
        </p>
      )}
      {open === "form" && <SinkForm sink={sink} onSaved={onKept} onCancel={close} />}
      {sink && open === "removal" && <Removal sink={sink} onClose={close} onRemoved={() => onKept(null)} />}
    </>
  );
}

function Actions({ sink, onOpen }: { sink: AuditSink | null; onOpen: (open: Open) => void }) {
  if (!useMay("audit:write")) return null;
  return (
    <>
      <Button onClick={() => onOpen("form")}>{sink ? "Change" : "Set up"}</Button>
      {sink && <Button onClick={() => onOpen("removal")}>Remove</Button>}
    </>
  );
}

interface RemovalProps {
  sink: AuditSink;
  onClose: () => void;
  onRemoved: () => void;
}

function Removal({ sink, onClose, onRemoved }: RemovalProps) {
  const removal = useMutation({ mutationFn: deleteAuditSink, onSuccess: onRemoved });
  const unsent = sink.pending > 0 ? ` ${sink.pending} records that were not sent yet will not be.` : "";
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title="Stop sending records?">
      <p className="max-w-prose wrap-anywhere">
        Nothing more goes to {sink.url}.{unsent} Whoever sets it up again sends the whole log from its first
        record.
      </p>
      {removal.isError && <ErrorState problem={problemOf(removal.error)} />}
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" disabled={removal.isPending} onClick={() => removal.mutate()}>
          Stop sending
        </Button>
      </div>
    </Dialog>
  );
}
