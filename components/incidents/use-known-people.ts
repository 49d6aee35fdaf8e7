"use client";

import { useQuery } from "@tanstack/react-query";
import { peopleQuery } from "#lib/client/people.queries.ts";
import { timelineQuery } from "#lib/client/incidents.queries.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { useMay, useMe } from "#components/shell/me.tsx";
import { personWords } from "./incident-words.ts";

/** Somebody whose name is known here. */
export interface KnownPerson {
  id: string;
  name: string;
}

/**
 * Those who may be named: whoever looks, whoever has a role or wrote on the timeline, and for whoever may read it,
 * everybody with an account.
 */
export function useKnownPeople(incident: IncidentDetail): {
  people: KnownPerson[];
  nameOf: (personId: string) => string;
} {
  const me = useMe();
  const mayRead = useMay("people:read");
  const all = useQuery({ ...peopleQuery, enabled: mayRead });
  const timeline = useQuery({ ...timelineQuery(incident.id), enabled: false });
  const named = [
    ...(me.kind === "person" ? [{ id: me.id, name: me.name }] : []),
    ...Object.values(incident.roles),
    ...(timeline.data?.entries ?? []).flatMap(({ by, revisions }) => [by, ...revisions.map((one) => one.by)]),
    ...(all.data?.people ?? []).filter(({ disabled }) => !disabled),
  ];
  const known = new Map<string, string>();
  for (const person of named) {
    if (person && person.name !== null) known.set(person.id, personWords(person));
  }
  return {
    people: [...known].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)),
    nameOf: (id) => known.get(id) ?? personWords({ id, name: null }),
  };
}
