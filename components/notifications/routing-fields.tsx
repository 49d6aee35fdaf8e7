"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { serviceNames } from "#lib/client/names.queries.ts";
import { TIERS } from "#lib/domain/catalogue/vocabulary.ts";
import type { Channel } from "#lib/contracts/notifications.ts";
import { SEVERITIES } from "#lib/domain/incidents/severity.ts";
import { EVENT_WORDS, NOTIFICATION_EVENTS } from "#lib/domain/notifications/event.ts";
import { Button } from "#components/ui/button.tsx";
import { ChannelChoice } from "./channel-choice.tsx";
import { ChipsField } from "./chips-field.tsx";
import { TextField, ZoneField, ZoneOptions } from "./form-field.tsx";
import { MoveButtons, NameList } from "./name-list.tsx";
import type { RoutingForm } from "./policy-form.ts";

const choiceOf = (value: string) => ({ value, label: value });
const EVENTS = NOTIFICATION_EVENTS.map((value) => ({ value, label: EVENT_WORDS[value] }));
const SEVERITY_CHOICES = SEVERITIES.map(choiceOf);
/** P1 is told at any hour. */
const QUIET_SEVERITIES = SEVERITY_CHOICES.filter(({ value }) => value !== "P1");
const TIER_CHOICES = TIERS.map((value) => ({ value, label: value.replace("_", " ") }));
const MOST_RULES = 100;
const EMPTY: RoutingForm["rules"][number] = {
  name: "",
  events: [],
  severities: [],
  services: [],
  tiers: [],
  channels: [],
};

/** Who is told of what, rule by rule, and when some of it waits for the morning. */
export function RoutingFields({ channels }: { channels: readonly Channel[] }) {
  const { control } = useFormContext<RoutingForm>();
  const { fields, append, remove, move } = useFieldArray({ control, name: "rules" });
  const services = useQuery(serviceNames()).data ?? [];
  return (
    <>
      <ol aria-label="Rules" className="grid gap-3">
        {fields.map(({ id }, at) => (
          <li key={id} className="rounded-control border-line border p-3">
            <div className="mb-2 flex items-center gap-1">
              <h3 className="mr-auto font-medium">Rule {at + 1}</h3>
              <MoveButtons
                what={`rule ${at + 1}`}
                at={at}
                count={fields.length}
                onMove={(to) => move(at, to)}
              />
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Remove rule ${at + 1}`}
                onClick={() => remove(at)}
              >
                <X size={14} aria-hidden="true" />
              </Button>
            </div>
            <RuleFields at={at} channels={channels} services={services} />
          </li>
        ))}
      </ol>
      {fields.length === 0 && <p className="text-warning">▲ Without a rule nobody is told of anything.</p>}
      <Button
        className="justify-self-start"
        disabled={fields.length >= MOST_RULES}
        onClick={() => append(EMPTY)}
      >
        <Plus size={13} aria-hidden="true" />
        Add a rule
      </Button>
      <QuietHoursFields />
    </>
  );
}

interface RuleFieldsProps {
  at: number;
  channels: readonly Channel[];
  services: readonly string[];
}

function RuleFields({ at, channels, services }: RuleFieldsProps) {
  const path = `rules.${at}`;
  return (
    <div className="grid gap-3">
      <TextField name={`${path}.name`} label="Name" hint="As delivery logs and refusals call it" />
      <ChipsField name={`${path}.events`} label="Events" none="Every event" choices={EVENTS} />
      <div className="grid gap-3 sm:grid-cols-2">
        <ChipsField
          name={`${path}.severities`}
          label="Severities"
          none="Any severity"
          choices={SEVERITY_CHOICES}
        />
        <ChipsField name={`${path}.tiers`} label="Tiers" none="Any tier" choices={TIER_CHOICES} />
      </div>
      <NameList
        name={`${path}.services`}
        label="Services"
        none="Any service"
        add="Add a service"
        choices={services.map(choiceOf)}
      />
      <ChannelChoice name={`${path}.channels`} channels={channels} />
    </div>
  );
}

function QuietHoursFields() {
  const { register } = useFormContext<RoutingForm>();
  const quiet = useWatch<RoutingForm, "quiet">({ name: "quiet" });
  return (
    <section aria-label="Quiet hours" className="rounded-control border-line grid gap-3 border p-3">
      <label className="flex min-h-7.5 items-center gap-2 font-medium">
        <input type="checkbox" className="accent-accent size-4" {...register("quiet")} />
        Quiet hours: what is not urgent waits for their end
      </label>
      {quiet && (
        <>
          <ZoneOptions />
          <ChipsField
            name="quietHours.severities"
            label="Severities that wait"
            none="None: choose at least one"
            choices={QUIET_SEVERITIES}
          />
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-[8rem_8rem_1fr]">
            <TextField name="quietHours.from" label="From" type="time" />
            <TextField name="quietHours.to" label="To" type="time" />
            <ZoneField name="quietHours.zone" label="Time zone" className="max-sm:col-span-2" />
          </div>
        </>
      )}
    </section>
  );
}
