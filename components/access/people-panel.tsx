"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { peopleQuery } from "#lib/client/people.queries.ts";
import type { Person } from "#lib/contracts/access.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { useMe } from "#components/shell/me.tsx";
import { PeopleTable } from "./people-table.tsx";
import { PersonActions, type PersonTask } from "./person-actions.tsx";
import { SettingsCard } from "./settings-card.tsx";

const CreatePersonDialog = dynamic(() =>
  import("./create-person-dialog.tsx").then((module) => module.CreatePersonDialog),
);
const PersonDialog = dynamic(() => import("./person-dialog.tsx").then((module) => module.PersonDialog));

type Open = { task: "create" } | { task: PersonTask; person: Person } | null;

/** Everybody with an account, and what can be done about them. */
export function PeoplePanel({ initial }: { initial: { people: Person[] } }) {
  const query = useQuery({ ...peopleQuery, initialData: initial });
  const client = useQueryClient();
  const me = useMe();
  const [open, setOpen] = useState<Open>(null);
  const changed = () => void client.invalidateQueries({ queryKey: peopleQuery.queryKey });
  const close = () => setOpen(null);
  const { people } = query.data;
  return (
    <SettingsCard
      title={countOf(people.length, "person", "people")}
      query={query}
      actions={
        <GuardedButton action="people:write" onClick={() => setOpen({ task: "create" })}>
          <UserPlus size={14} aria-hidden="true" />
          Add a person
        </GuardedButton>
      }
    >
      <PeopleTable
        people={people}
        selfId={me.id}
        actions={(person) => (
          <PersonActions
            person={person}
            isSelf={person.id === me.id}
            onChoose={(task) => setOpen({ task, person })}
          />
        )}
      />
      {open?.task === "create" && <CreatePersonDialog onCreated={changed} onClose={close} />}
      {open && "person" in open && (
        <PersonDialog {...open} isSelf={open.person.id === me.id} onChanged={changed} onClose={close} />
      )}
    </SettingsCard>
  );
}
