"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { putPolicy } from "#lib/client/notifications.queries.ts";
import { peopleQuery } from "#lib/client/people.queries.ts";
import type { Channel } from "#lib/contracts/notifications.ts";
import { type Policy, POLICY_DOCUMENTS } from "#lib/contracts/on-call.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Refusal } from "./card.tsx";

/** What is wrong with a text as this kind of document, in words that name the place; null for nothing. */
function wrongWith(kind: Policy["kind"], text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is not JSON: ${(error as Error).message}`;
  }
  const [issue] = POLICY_DOCUMENTS[kind].safeParse(value).error?.issues ?? [];
  return issue ? [issue.path.join("."), issue.message].filter(Boolean).join(": ") : null;
}

function Ids({ title, entries }: { title: string; entries: readonly { id: string; name: string }[] }) {
  if (entries.length === 0) return null;
  return (
    <details>
      <summary className="text-dim cursor-pointer">{title}</summary>
      <ul className="text-small mt-1 grid gap-0.5">
        {entries.map(({ id, name }) => (
          <li key={id} className="break-all">
            <bdi>{name}</bdi> <code className="text-faint font-mono select-all">{id}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface PolicyDialogProps {
  title: string;
  policy: Policy;
  channels: readonly Channel[];
  onSaved: () => void;
  onClose: () => void;
}

/** Edits a document as it is kept. A new version is in force at once; the ones before it are kept. */
export function PolicyDialog({ title, policy, channels, onSaved, onClose }: PolicyDialogProps) {
  const { kind, version, document } = policy;
  const [text, setText] = useState(() => JSON.stringify(document, null, 2));
  const people = useQuery(peopleQuery).data?.people ?? [];
  const wrong = wrongWith(kind, text);
  const mutation = useMutation({
    mutationFn: () => putPolicy(kind, version, JSON.parse(text) as object),
    onSuccess: () => {
      onSaved();
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (wrong === null) mutation.mutate();
        }}
      >
        {mutation.error && <Refusal {...problemOf(mutation.error)} />}
        <Field
          label={version === 0 ? "As it is without a document of your own" : `Version ${version}`}
          {...(wrong !== null && { error: wrong })}
        >
          {({ className, ...control }) => (
            <textarea
              rows={18}
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
              className={`${className} rounded-control border-line-strong bg-panel text-ink aria-invalid:border-critical block border px-2.5 py-1.5 font-mono max-sm:text-[16px]`}
              {...control}
            />
          )}
        </Field>
        <Ids title="Ids of channels" entries={channels} />
        {kind !== "routing" && <Ids title="Ids of people" entries={people} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" disabled={wrong !== null || mutation.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
