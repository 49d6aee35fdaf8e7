"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { showActionKey } from "#lib/client/runbook-actions.queries.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Refused } from "./refused.tsx";

interface KeyDialogProps {
  runbook: string;
  action: string;
  onClose: () => void;
}

/** Shows the key that an action's receiver verifies signatures with, once it is asked for. */
export function KeyDialog({ runbook, action, onClose }: KeyDialogProps) {
  const mutation = useMutation({ mutationFn: () => showActionKey(runbook, action) });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Signing key of ${action}`}>
      <div className="grid gap-3">
        <p className="text-dim max-w-prose">
          The receiver verifies with it that Burnline calls. Whoever has it can call the receiver too; the
          audit log keeps who had it shown.
        </p>
        {mutation.error && <Refused problem={problemOf(mutation.error)} />}
        {mutation.data ? (
          <div>
            <p className="text-small text-dim">Version {mutation.data.keyVersion}</p>
            <code className="rounded-control bg-raised block p-2 font-mono break-all select-all">
              {mutation.data.key}
            </code>
          </div>
        ) : (
          <Button
            variant="primary"
            className="justify-self-start"
            disabled={mutation.isPending}
            onClick={() => mutation.mutate()}
          >
            Show it
          </Button>
        )}
      </div>
    </Dialog>
  );
}
