"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { ACTIONS_KEY, askRun } from "#lib/client/runbook-actions.queries.ts";
import type { ActionOffer, RunbookOffers } from "#lib/contracts/runbook-actions.ts";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { approvalText } from "./action-words.ts";
import { ConditionList } from "./condition-list.tsx";
import { Refused } from "./refused.tsx";

interface RunDialogProps {
  offers: RunbookOffers;
  offer: ActionOffer;
  dryRun: boolean;
  onClose: () => void;
}

/** What the action is run for: its own kind of target alone. */
function targetOf({ target }: GuardedAction, { service, node }: RunbookOffers) {
  return { service: target === "service" ? service : null, node: target === "node" ? node : null };
}

/** What is going to happen, in words. */
function Consequence({ action, dryRun, target }: { action: GuardedAction; dryRun: boolean; target: string }) {
  return (
    <div className="grid gap-1">
      <p>
        {dryRun
          ? "The receiver is called with dryRun set: it is to say what it would do, and do nothing. It does not count against the limit."
          : `Calls the receiver${target === "" ? "" : ` for ${target}`}; ${approvalText(action.approvalBy)}.`}
      </p>
      <code className="text-small text-dim font-mono break-all">POST {action.url}</code>
    </div>
  );
}

/** Asks for a run: why, for what, what will be called; a real one only with the action's name typed. */
export function RunDialog({ offers, offer, dryRun, onClose }: RunDialogProps) {
  const { action, conditions } = offer;
  const client = useQueryClient();
  // One key for this dialog: however often it is clicked, there is one run.
  const [key] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const target = targetOf(action, offers);
  const mutation = useMutation({
    mutationFn: () =>
      askRun(
        {
          name: offers.runbook,
          action: action.name,
          version: offers.version,
          incident: offers.incident,
          ...target,
          dryRun,
          reason,
        },
        key,
      ),
    onSuccess: onClose,
    onSettled: () => void client.invalidateQueries({ queryKey: [ACTIONS_KEY] }),
  });
  const ready = reason.trim() !== "" && (dryRun || typed.trim() === action.name);
  const submit = dryRun ? "Dry run" : action.approvalBy === null ? "Run" : "Ask for it";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${dryRun ? "Dry run" : "Run"}: ${action.title}`}
    >
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !mutation.isPending) mutation.mutate();
        }}
      >
        {mutation.error && <Refused problem={problemOf(mutation.error)} />}
        <Consequence action={action} dryRun={dryRun} target={target.service ?? target.node ?? ""} />
        <ConditionList conditions={conditions} />
        <Field label="Why" hint="Stands with the run and on the timeline">
          {(field) => (
            <Input
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
              {...field}
            />
          )}
        </Field>
        {!dryRun && (
          <Field label={`Type ${action.name} to confirm`}>
            {(field) => (
              <Input
                value={typed}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => setTyped(event.target.value)}
                {...field}
              />
            )}
          </Field>
        )}
        <div className="border-line-soft bg-panel sticky -bottom-4 -mx-4 mt-1 -mb-4 flex justify-end gap-2 border-t px-4 py-3">
          <Button className="max-sm:h-10" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="primary"
            className="max-sm:h-10"
            disabled={!ready || mutation.isPending}
          >
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
