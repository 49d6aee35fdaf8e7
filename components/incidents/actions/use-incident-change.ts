"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { currentOf, problemOf } from "#lib/client/fetch-json.ts";
import { incidentQuery, INCIDENTS_KEY } from "#lib/client/incidents.queries.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";

const asIncidentDetail = async () => (await import("#lib/contracts/incidents.ts")).IncidentDetail;

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
    onError: async (error) => {
      const current = await currentOf(asIncidentDetail, problemOf(error));
      if (current) show(current);
    },
  });
  return { ...mutation, problem: mutation.error && problemOf(mutation.error) };
}
