"use client";

import { Plus } from "lucide-react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { ROLES } from "#lib/domain/access/permissions.ts";
import { Button } from "#components/ui/button.tsx";
import type { Choice } from "#components/ui/select.tsx";
import { ConditionFields } from "./condition-fields.tsx";
import { ChoiceLine, TextLine } from "./form-line.tsx";
import { type FormWithActions, NEW_ACTION } from "./new-action.ts";

const MOST = 20;
const TARGETS: readonly Choice[] = [
  { value: "service", label: "a service" },
  { value: "node", label: "a node" },
  { value: "none", label: "nothing in particular" },
];
const APPROVERS: readonly Choice[] = [
  { value: "", label: "nobody: it runs at once" },
  ...ROLES.map((role) => ({ value: role, label: `a second person, ${role.replaceAll("_", " ")}` })),
];

function ActionForm({ at, onRemove }: { at: number; onRemove: () => void }) {
  const path = `actions.${at}` as const;
  return (
    <section aria-label={`Action ${at + 1}`} className="rounded-control border-line grid gap-3 border p-3">
      <header className="flex items-center justify-between gap-2">
        <h4 className="font-medium">Action {at + 1}</h4>
        <Button aria-label={`Remove action ${at + 1}`} onClick={onRemove}>
          Remove
        </Button>
      </header>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextLine name={`${path}.name`} label="Name" placeholder="restart" hint="Typed to confirm a run" />
        <TextLine name={`${path}.title`} label="Title" placeholder="Restart the deployment" />
        <TextLine
          name={`${path}.url`}
          label="Address of the receiver"
          type="url"
          placeholder="https://hooks.example/restart"
          className="sm:col-span-2"
        />
        <ChoiceLine name={`${path}.target`} label="Runs for" choices={TARGETS} />
        <ChoiceLine name={`${path}.approvalBy`} label="Who has to agree" choices={APPROVERS} emptyIsNull />
      </div>
      <ConditionFields at={at} />
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <TextLine name={`${path}.limit.runs`} label="At most … runs" type="number" min={1} max={100} />
        <TextLine name={`${path}.limit.perMinutes`} label="in … minutes" type="number" min={1} max={10_080} />
        <TextLine name={`${path}.timeoutSeconds`} label="Seconds to answer" type="number" min={1} max={60} />
        <TextLine
          name={`${path}.keyVersion`}
          label="Version of the key"
          type="number"
          min={1}
          max={1_000}
          hint="Raise it to make a new key"
        />
      </div>
    </section>
  );
}

/**
 * The guarded actions of a runbook, as a part of a form whose values have `actions` and that stands in a FormProvider.
 */
export function ActionFields() {
  const { control } = useFormContext<FormWithActions>();
  const { fields, append, remove } = useFieldArray({ control, name: "actions" });
  return (
    <div className="grid gap-3">
      {fields.map(({ id }, at) => (
        <ActionForm key={id} at={at} onRemove={() => remove(at)} />
      ))}
      <Button
        className="justify-self-start"
        disabled={fields.length >= MOST}
        onClick={() => append(NEW_ACTION)}
      >
        <Plus size={14} aria-hidden="true" />
        Add an action
      </Button>
    </div>
  );
}
