"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { mergeIncident, openIncidentsQuery } from "#lib/client/incidents.queries.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { useIncidentChange } from "./use-incident-change.ts";

interface MergeDialogProps {
  incident: IncidentDetail;
  /** The one that is proposed. */
  into?: string | undefined;
  onClose: () => void;
}

/** Makes this incident part of another open one. */
export function MergeDialog({ incident, into: proposed = "", onClose }: MergeDialogProps) {
  const router = useRouter();
  const { data, isPending } = useQuery(openIncidentsQuery());
  const others = (data ?? []).filter(({ id, open }) => open && id !== incident.id);
  const [chosen, setChosen] = useState(proposed);
  // Whoever cannot take it back has chosen it: nothing is preselected.
  const into = others.some(({ id }) => id === chosen) ? chosen : undefined;
  const change = useIncidentChange(
    (target: string) => mergeIncident(incident.id, target, incident.version),
    ({ id }) => {
      onClose();
      router.push(`/incidents/${encodeURIComponent(id)}`);
    },
  );
  return (
    <FormDialog
      title={`Merge ${incident.id}`}
      submit="Merge"
      pending={change.isPending || into === undefined}
      problem={change.problem}
      onSubmit={() => into !== undefined && change.mutate(into)}
      onClose={onClose}
    >
      {others.length === 0 && !isPending ? (
        <p className="text-dim">There is no other open incident to merge it into.</p>
      ) : (
        <>
          <Field label="Into">
            {(field) => (
              <Select
                choices={[
                  { value: "", label: "Choose an incident" },
                  ...others.map(({ id, severity, title }) => ({
                    value: id,
                    label: `${severity} ${harmlessText(title)} (${id})`,
                  })),
                ]}
                value={into ?? ""}
                onChange={(event) => setChosen(event.target.value)}
                {...field}
              />
            )}
          </Field>
          <p className="text-dim">
            Its alerts, and those to come, belong to that one from then on. Its own timeline stays where it
            is. A merge cannot be taken back.
          </p>
        </>
      )}
    </FormDialog>
  );
}
