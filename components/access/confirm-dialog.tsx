"use client";

import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { FormActions, FormProblem } from "./form-parts.tsx";

interface ConfirmDialogProps<T> {
  title: string;
  /** What follows from it. */
  children: ReactNode;
  confirm: string;
  /** To be typed first, where nothing can be undone. */
  typed?: string;
  run: () => Promise<T>;
  /** Shown once it is done; without it the dialog closes. */
  result?: (answer: T) => ReactNode;
  onClose: () => void;
}

/** Asks before something is done that others will notice, naming the consequence. */
export function ConfirmDialog<T>(props: ConfirmDialogProps<T>) {
  const { title, children, confirm, typed, run, result, onClose } = props;
  const [text, setText] = useState("");
  const mutation = useMutation({ mutationFn: run, onSuccess: () => !result && onClose() });
  const ready = typed === undefined || text.trim() === typed;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      {mutation.isSuccess && result ? (
        result(mutation.data)
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) mutation.mutate();
          }}
        >
          <FormProblem problem={mutation.error && problemOf(mutation.error)} />
          <div className="text-dim grid max-w-prose gap-2">{children}</div>
          {typed !== undefined && (
            <Field label={`Type ${typed} to confirm`} className="mt-3">
              {(control) => (
                <Input
                  autoComplete="off"
                  spellCheck={false}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                  {...control}
                />
              )}
            </Field>
          )}
          <FormActions submit={confirm} disabled={!ready || mutation.isPending} onCancel={onClose} />
        </form>
      )}
    </Dialog>
  );
}
