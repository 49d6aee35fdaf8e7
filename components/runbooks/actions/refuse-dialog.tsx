"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { refuseRun } from "#lib/client/runbook-actions.queries.ts";
import type { ActionRun } from "#lib/contracts/runbook-actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Refused } from "./refused.tsx";

interface RefuseDialogProps {
  run: ActionRun;
  /** Whoever asked takes their own ask back. */
  own: boolean;
  onDone: () => void;
  onClose: () => void;
}

/** Ends a run that waits, with a reason that everybody reads. */
export function RefuseDialog({ run, own, onDone, onClose }: RefuseDialogProps) {
  const [reason, setReason] = useState("");
  const mutation = useMutation({
    mutationFn: () => refuseRun(run.id, reason),
    onSuccess: onClose,
    onSettled: onDone,
  });
  const title = own ? `Take back ${run.action}` : `Refuse ${run.action}`;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== "") mutation.mutate();
        }}
      >
        {mutation.error && <Refused problem={problemOf(mutation.error)} />}
        <Field label="Why" hint="Kept with the run">
          {(field) => (
            <Input
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
              {...field}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button className="max-sm:h-10" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="primary"
            className="max-sm:h-10"
            disabled={reason.trim() === "" || mutation.isPending}
          >
            {own ? "Take back" : "Refuse"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
