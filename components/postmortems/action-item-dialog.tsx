"use client";

import { useQuery } from "@tanstack/react-query";
import { useForm, useFormState } from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { peopleQuery } from "#lib/client/people.queries.ts";
import { createActionItem, patchActionItem } from "#lib/client/postmortems.queries.ts";
import type { ActionItem } from "#lib/contracts/postmortems-action-items.ts";
import { useMay, useMe } from "#components/shell/me.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { type ActionItemForm, fromForm, toForm } from "./action-item-form.ts";
import { personName } from "./postmortem-words.ts";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { useItemChange } from "./use-item-change.ts";

interface ActionItemDialogProps {
  incidentId: string;
  /** Null: a new one. */
  item: ActionItem | null;
  onClose: () => void;
}

/** Whoever looks, the owner so far, and for whoever may read it, everybody with an account. */
function useOwners(item: ActionItem | null) {
  const me = useMe();
  const mayRead = useMay("people:read");
  const all = useQuery({ ...peopleQuery, enabled: mayRead }).data?.people ?? [];
  const known = [
    ...(me.kind === "person" ? [me] : []),
    ...(item?.owner ? [item.owner] : []),
    ...all.filter(({ disabled }) => !disabled),
  ];
  const names = new Map(known.map((person) => [person.id, personName(person)]));
  const choices = [...names].map(([value, label]) => ({ value, label }));
  return [{ value: "", label: "nobody yet" }, ...choices.sort((a, b) => a.label.localeCompare(b.label))];
}

const FIELD_OF_PATH: Record<string, keyof ActionItemForm> = {
  text: "text",
  ownerId: "ownerId",
  dueAt: "due",
  link: "link",
};

/** Adds or edits an action item; what was typed stays when the server refuses. */
export function ActionItemDialog({ incidentId, item, onClose }: ActionItemDialogProps) {
  const { timeZone } = usePreferences().preferences;
  const owners = useOwners(item);
  const { register, handleSubmit, control, setError } = useForm<ActionItemForm>({
    defaultValues: toForm(item, timeZone),
  });
  const { errors } = useFormState({ control });
  const change = useItemChange((form: ActionItemForm) => {
    const fields = fromForm(form, item, timeZone);
    if (!item) return createActionItem({ incident: incidentId, ...fields });
    return patchActionItem({ item: item.id, version: item.version, ...fields });
  }, onClose);
  const submit = handleSubmit((form) =>
    change.mutate(form, {
      onError: (error) => {
        for (const { path, message } of problemOf(error).errors ?? []) {
          const field = FIELD_OF_PATH[path];
          if (field) setError(field, { type: "server", message });
        }
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={item ? "Edit the action item" : "Add an action item"}
    >
      <form noValidate className="grid gap-3" onSubmit={(event) => void submit(event)}>
        {change.error && <ProblemNotice problem={problemOf(change.error)} />}
        <Field label="What is to be done" error={errors.text?.message}>
          {(field) => (
            <Input {...field} maxLength={500} {...register("text", { required: "must say something" })} />
          )}
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Owner" error={errors.ownerId?.message}>
            {(field) => <Select {...field} choices={owners} {...register("ownerId")} />}
          </Field>
          <Field label="Due" hint="At the end of that day" error={errors.due?.message}>
            {(field) => <Input {...field} type="date" {...register("due")} />}
          </Field>
        </div>
        <Field label="Link to the tracker" hint="https://…" error={errors.link?.message}>
          {(field) => <Input {...field} type="url" inputMode="url" {...register("link")} />}
        </Field>
        <div className="flex justify-end gap-2">
          <Button className="max-sm:h-10" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" className="max-sm:h-10" disabled={change.isPending}>
            {item ? "Save" : "Add"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
