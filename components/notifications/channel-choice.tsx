"use client";

import { Controller, useFormContext, useFormState } from "react-hook-form";
import type { Channel } from "#lib/contracts/notifications.ts";
import { Chip, ChipSet } from "#components/ui/choice-chips.tsx";
import { messageOf } from "./policy-form.ts";

interface ChannelChoiceProps {
  /** A field that holds "all" or a list of ids. */
  name: string;
  label?: string;
  channels: readonly Channel[];
}

/** Every channel that there is or will be, or some by their names. */
export function ChannelChoice({ name, label = "Channels", channels }: ChannelChoiceProps) {
  const { control } = useFormContext();
  const { errors } = useFormState({ control });
  const error = messageOf(errors, name);
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, onChange, onBlur, ref } }) => {
        const chosen = value as "all" | string[];
        const ids = chosen === "all" ? [] : chosen;
        const known = new Set(channels.map(({ id }) => id));
        const offered = [
          ...channels.map(({ id, name: says }) => ({ id, says })),
          ...ids.filter((id) => !known.has(id)).map((id) => ({ id, says: `${id} (removed)` })),
        ];
        const toggle = (id: string) =>
          onChange(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
        return (
          <ChipSet
            label={label}
            note={chosen !== "all" && ids.length === 0 ? "No channel is told" : ""}
            error={error}
          >
            <Chip
              ref={ref}
              on={chosen === "all"}
              onToggle={() => onChange(chosen === "all" ? [] : "all")}
              onBlur={onBlur}
            >
              every channel
            </Chip>
            {offered.map(({ id, says }) => (
              <Chip key={id} on={ids.includes(id)} onToggle={() => toggle(id)} onBlur={onBlur}>
                {says}
              </Chip>
            ))}
          </ChipSet>
        );
      }}
    />
  );
}
