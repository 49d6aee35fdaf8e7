"use client";

import { useMutation } from "@tanstack/react-query";
import { useForm, useFormState, useWatch } from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { createChannel, putChannel } from "#lib/client/notifications.queries.ts";
import { type Channel, CHANNEL_KINDS } from "#lib/contracts/notifications.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Refusal } from "./card.tsx";
import { type ChannelForm, errorsIn, fieldsNamed, settingsIn } from "./channel-form.ts";
import { CHANNEL_WORDS } from "./channel-words.ts";

const KINDS = CHANNEL_KINDS.map((kind) => ({ value: kind, label: CHANNEL_WORDS[kind].label }));
const textOf = (value: unknown) => (Array.isArray(value) ? value.join(", ") : String(value));

function formOf(channel: Channel | null): ChannelForm {
  const config = Object.entries(channel?.config ?? {}).map(([name, value]) => [name, textOf(value)]);
  return {
    kind: channel?.kind ?? "discord",
    name: channel?.name ?? "",
    enabled: channel?.enabled ?? true,
    config: Object.fromEntries(config) as Record<string, string>,
    secret: {},
  };
}

function save(form: ChannelForm, channel: Channel | null): Promise<Channel> {
  const { kind, name, enabled } = form;
  const settings = settingsIn(form);
  if (channel === null) return createChannel({ kind, name, enabled, secret: {}, ...settings });
  return putChannel({ channel: channel.id, version: channel.version, name, enabled, ...settings });
}

interface ChannelDialogProps {
  /** null: a new one. */
  channel: Channel | null;
  onSaved: () => void;
  onClose: () => void;
}

/** Makes or changes a channel. What is secret can be written and never read. */
export function ChannelDialog({ channel, onSaved, onClose }: ChannelDialogProps) {
  const { register, handleSubmit, control, setError } = useForm<ChannelForm>({
    defaultValues: formOf(channel),
    mode: "onTouched",
    resolver: (form) => {
      const errors = errorsIn(form, channel === null);
      return Object.keys(errors).length === 0 ? { values: form, errors: {} } : { values: {}, errors };
    },
  });
  const { errors } = useFormState({ control });
  const kind = useWatch({ control, name: "kind" });
  const mutation = useMutation({
    mutationFn: (form: ChannelForm) => save(form, channel),
    onSuccess: () => {
      onSaved();
      onClose();
    },
    onError: (error) => {
      for (const { path, message } of fieldsNamed(problemOf(error)))
        setError(path, { type: "server", message });
    },
  });
  const submit = handleSubmit((form) => mutation.mutate(form));
  const problem = mutation.error && problemOf(mutation.error);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={channel ? `Change ${channel.name}` : "Add a channel"}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-3">
        {problem && fieldsNamed(problem).length === 0 && <Refusal {...problem} />}
        {channel === null && (
          <Field label="Kind">{(field) => <Select choices={KINDS} {...field} {...register("kind")} />}</Field>
        )}
        <Field label="Name" hint="As rules and timelines call it" error={errors.name?.message}>
          {(field) => <Input autoComplete="off" {...field} {...register("name")} />}
        </Field>
        {CHANNEL_WORDS[kind].fields.map(({ part, name, label, hint }) => (
          <Field
            key={`${kind} ${part} ${name}`}
            label={label}
            hint={channel && part === "secret" ? "Empty: the one that is set stays" : hint}
            error={errors[part]?.[name]?.message}
          >
            {(field) => (
              <Input
                type={part === "secret" ? "password" : "text"}
                autoComplete={part === "secret" ? "new-password" : "off"}
                spellCheck={false}
                {...field}
                {...register(`${part}.${name}`)}
              />
            )}
          </Field>
        ))}
        <label className="flex items-center gap-2">
          <input type="checkbox" className="accent-accent size-4" {...register("enabled")} />
          Told of incidents
        </label>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" disabled={mutation.isPending}>
            {channel ? "Save" : "Add"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
