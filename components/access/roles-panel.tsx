"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { rolesQuery } from "#lib/client/roles.queries.ts";
import type { RoleEntry } from "#lib/contracts/access.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { MatchersText } from "./matchers-text.tsx";
import { RoleMatrix } from "./role-matrix.tsx";
import { WORD_OF_ROLE } from "./role-words.ts";
import { SettingsCard } from "./settings-card.tsx";

const RoleDialog = dynamic(() => import("./role-dialog.tsx").then((module) => module.RoleDialog));

/** The roles, what confines them, and what each may do. */
export function RolesPanel({ initial }: { initial: { roles: RoleEntry[] } }) {
  const query = useQuery({ ...rolesQuery, initialData: initial });
  const client = useQueryClient();
  const [editing, setEditing] = useState<RoleEntry | null>(null);
  const columns: readonly Column<RoleEntry>[] = [
    {
      key: "role",
      header: "Role",
      cell: ({ role }) => <span className="font-medium">{WORD_OF_ROLE[role]}</span>,
    },
    {
      key: "people",
      header: "Held by",
      beside: true,
      cell: ({ people }) => <span className="text-dim">{countOf(people, "person", "people")}</span>,
      sortBy: ({ people }) => people,
    },
    { key: "sees", header: "Sees", cell: ({ matchers }) => <MatchersText matchers={matchers} /> },
    {
      key: "actions",
      header: "Actions",
      align: "end",
      cell: (entry) => (
        <GuardedButton
          action="roles:write"
          aria-label={`Confine ${WORD_OF_ROLE[entry.role]}`}
          onClick={() => setEditing(entry)}
        >
          Confine
        </GuardedButton>
      ),
    },
  ];
  return (
    <>
      <SettingsCard
        title="Roles"
        about="A person holds one or more. A role can be confined to series with certain labels."
        query={query}
      >
        <DataTable label="Roles" columns={columns} rows={query.data.roles} rowKey={({ role }) => role} />
      </SettingsCard>
      <SettingsCard title="What each role may do">
        <RoleMatrix />
      </SettingsCard>
      {editing && (
        <RoleDialog
          entry={editing}
          onSaved={() => void client.invalidateQueries({ queryKey: rolesQuery.queryKey })}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
