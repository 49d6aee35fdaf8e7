"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { peopleQuery, personSessionsQuery } from "#lib/client/people.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { Person } from "#lib/contracts/access.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { useMe } from "#components/shell/me.tsx";
import { EmptyState, ErrorState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { SessionsTable } from "./sessions-table.tsx";
import { SettingsCard } from "./settings-card.tsx";

const PersonDialog = dynamic(() => import("./person-dialog.tsx").then((module) => module.PersonDialog));

/** Everybody's sessions by person, whoever was seen last first. */
export function SessionsPanel({ initial }: { initial: { people: Person[] } }) {
  const query = useQuery({ ...peopleQuery, initialData: initial });
  const client = useQueryClient();
  const me = useMe();
  const [ending, setEnding] = useState<Person | null>(null);
  const present = query.data.people
    .filter(({ sessions }) => sessions > 0)
    .sort((a, b) => Date.parse(b.lastSeenAt ?? "") - Date.parse(a.lastSeenAt ?? ""));
  if (present.length === 0) {
    return (
      <SettingsCard title="Sessions" query={query}>
        <EmptyState title="Nobody is signed in">
          <p>Sessions appear here when somebody signs in with a password or single sign-on.</p>
        </EmptyState>
      </SettingsCard>
    );
  }
  return (
    <>
      {present.map((person) => (
        <PersonSessions key={person.id} person={person} onEnd={() => setEnding(person)} />
      ))}
      {ending && (
        <PersonDialog
          task="sessions"
          person={ending}
          isSelf={ending.id === me.id}
          onChanged={() => void client.invalidateQueries({ queryKey: peopleQuery.queryKey })}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}

function PersonSessions({ person, onEnd }: { person: Person; onEnd: () => void }) {
  const query = useQuery(personSessionsQuery(person.id));
  return (
    <SettingsCard
      title={<bdi>{person.name}</bdi>}
      about={`${person.email} · ${countOf(person.sessions, "session")}`}
      query={query.data && query}
      actions={<Button onClick={onEnd}>End all</Button>}
    >
      {query.data ? (
        <SessionsTable label={`Sessions of ${person.email}`} sessions={query.data.sessions} />
      ) : query.error ? (
        <ErrorState problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <div data-state="loading" aria-busy="true">
          <ListSkeleton rows={person.sessions} rowHeight="h-9" />
        </div>
      )}
    </SettingsCard>
  );
}
