"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { incidentQuery, INCIDENTS_KEY } from "#lib/client/incidents.queries.ts";
import { IncidentDetail } from "#lib/contracts/incidents.ts";

/**
 * A change of an incident. What the server answers is shown at once, and so is what it refuses with: whoever was too
 * late sees how it stands, and may try again on top of that.
 */
export function useIncidentChange<T = void>(
  change: (input: T) => Promise<IncidentDetail>,
  onDone?: (incident: IncidentDetail) => void,
) {
  const client = useQueryClient();
  const show = (incident: IncidentDetail) =>
    client.setQueryData(incidentQuery(incident.id).queryKey, incident);
  const mutation = useMutation({
    mutationFn: change,
    onSuccess: (incident) => {
      show(incident);
      void client.invalidateQueries({ queryKey: [INCIDENTS_KEY] });
      onDone?.(incident);
    },
    onError: (error) => {
      const current = IncidentDetail.safeParse(problemOf(error).current);
      if (current.success) show(current.data);
    },
  });
  return { ...mutation, problem: mutation.error && problemOf(mutation.error) };
}
