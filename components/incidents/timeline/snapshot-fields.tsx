"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { nodeNames, serviceNames } from "#lib/client/names.queries.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { fromLocalField, toLocalField } from "#lib/client/local-field.ts";
import { type Subject, subjectKey, subjectsOf } from "./subjects.ts";

/** Of what, and up to when; the state behind {@link SnapshotFields}. */
export function useSnapshotChoice(incident: IncidentDetail) {
  const zone = usePreferences().preferences.timeZone;
  const services = useQuery(serviceNames());
  const nodes = useQuery(nodeNames());
  const subjects = subjectsOf(incident, services.data ?? [], nodes.data ?? []);
  const [chosen, setChosen] = useState<string | null>(null);
  const [atText, setAtText] = useState(() => toLocalField(Date.now(), zone));
  const at = fromLocalField(atText, zone);
  const subject: Subject | undefined = subjects.find((one) => subjectKey(one) === chosen) ?? subjects[0];
  return { subjects, subject, setChosen, zone, atText, setAtText, at };
}

/** The fields that say of what, and up to when. */
export function SnapshotFields({ choice }: { choice: ReturnType<typeof useSnapshotChoice> }) {
  const { subjects, subject, setChosen, zone, atText, setAtText, at } = choice;
  return (
    <>
      <Field label="Of">
        {(field) => (
          <Select
            choices={subjects.map((one) => ({ value: subjectKey(one), label: `${one.name} (${one.kind})` }))}
            value={subject ? subjectKey(subject) : ""}
            onChange={(event) => setChosen(event.target.value)}
            {...field}
          />
        )}
      </Field>
      <Field
        label="Up to"
        hint={`Time in ${zone}`}
        error={at === null ? "is not a date and time" : undefined}
      >
        {(field) => (
          <Input
            type="datetime-local"
            step={1}
            value={atText}
            onChange={(event) => setAtText(event.target.value)}
            {...field}
          />
        )}
      </Field>
    </>
  );
}
