"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { deleteChannel } from "#lib/client/notifications.queries.ts";
import type { Channel } from "#lib/contracts/notifications.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Refusal } from "./card.tsx";

interface RemoveDialogProps {
  channel: Channel;
  onRemoved: () => void;
  onClose: () => void;
}

/** Asks before a channel goes, for its log goes with it. */
export function RemoveDialog({ channel, onRemoved, onClose }: RemoveDialogProps) {
  const mutation = useMutation({
    mutationFn: () => deleteChannel(channel.id),
    onSuccess: () => {
      onRemoved();
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Remove a channel">
      <div className="grid gap-3">
        {mutation.error && <Refusal {...problemOf(mutation.error)} />}
        <p className="text-dim">
          Nobody is told at <bdi className="text-ink">{channel.name}</bdi> any more, what still waits for it
          is not sent, and its delivery log goes. Timelines keep what was sent.
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={mutation.isPending} onClick={() => mutation.mutate()}>
            Remove
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
