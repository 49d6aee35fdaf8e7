"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { waivePostmortem } from "#lib/client/postmortems.queries.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import type { PostmortemEdit } from "./use-postmortem.ts";

/** Closes the incident without a post-mortem; the reason goes on its timeline. */
export function WaiveDialog({ edit, onClose }: { edit: PostmortemEdit; onClose: () => void }) {
  const { incident, required } = edit.newest;
  const [reason, setReason] = useState("");
  const waive = useMutation({
    mutationFn: () => waivePostmortem(incident.id, reason),
    onSuccess: (postmortem) => {
      edit.put(postmortem);
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Waive the post-mortem">
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          waive.mutate();
        }}
      >
        {waive.error && <ProblemNotice problem={problemOf(waive.error)} />}
        <p className="text-dim">
          {incident.id} is closed without a post-mortem. The reason stays on its timeline.
          {required && " It spent more than 20 % of a budget: only an admin may waive it."}
        </p>
        <Field label="Why nothing is to be learned from it">
          {(control) => (
            <Input
              {...control}
              maxLength={500}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" disabled={waive.isPending || reason.trim() === ""}>
            Waive and close
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
