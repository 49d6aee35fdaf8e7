"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { timelineQuery } from "#lib/client/incidents.queries.ts";
import type { TimelineEntry } from "#lib/contracts/incidents.ts";

/** Something that is written on a timeline, which then reads what is new behind what it has. */
export function useWrite<T = void>(
  incidentId: string,
  write: (input: T) => Promise<TimelineEntry>,
  onDone: () => void,
) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: write,
    onSuccess: () => {
      onDone();
      return client.invalidateQueries({ queryKey: timelineQuery(incidentId).queryKey });
    },
  });
  return { ...mutation, problem: mutation.error && problemOf(mutation.error) };
}
