"use client";

import type { ReactNode } from "react";
import type { Person } from "#lib/contracts/access.ts";
import { Age } from "#components/shell/moment.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { RoleChips } from "./role-chips.tsx";

const WAYS = { password: "password", oidc: "single sign-on" } as const;

interface PeopleTableProps {
  people: readonly Person[];
  /** The viewer's own id. */
  selfId: string;
  actions: (person: Person) => ReactNode;
}

/** Everybody with an account. Names are somebody's text: each is isolated from what stands around it. */
export function PeopleTable({ people, selfId, actions }: PeopleTableProps) {
  const columns: readonly Column<Person>[] = [
    {
      key: "name",
      header: "Person",
      cell: (row) => <Who person={row} isSelf={row.id === selfId} />,
      sortBy: (row) => row.name.toLowerCase(),
    },
    {
      key: "state",
      header: "Account",
      beside: true,
      cell: (row) => <AccountState person={row} />,
      sortBy: (row) => stateRank(row),
    },
    { key: "roles", header: "Roles", cell: (row) => <RoleChips roles={row.roles} /> },
    {
      key: "ways",
      header: "Signs in with",
      cell: (row) => <Ways person={row} />,
    },
    {
      key: "sessions",
      header: "Sessions",
      align: "end",
      cell: (row) => row.sessions,
      sortBy: (row) => row.sessions,
      wide: true,
    },
    {
      key: "seen",
      header: "Last seen",
      cell: (row) =>
        row.lastSeenAt === null ? (
          <Figure text="never" why="No session and no act of theirs is on record" className="text-faint" />
        ) : (
          <span className="text-dim">
            <Age at={row.lastSeenAt} />
          </span>
        ),
      sortBy: (row) => (row.lastSeenAt === null ? null : Date.parse(row.lastSeenAt)),
    },
    { key: "actions", header: "Actions", align: "end", cell: actions },
  ];
  return <DataTable label="People" columns={columns} rows={people} rowKey={(row) => row.id} />;
}

function Who({ person, isSelf }: { person: Person; isSelf: boolean }) {
  return (
    <span className="block max-w-72 min-w-0 break-words">
      <bdi className="font-medium">{person.name}</bdi>
      {isSelf && <span className="text-faint"> (you)</span>}
      <span className="text-small text-faint block break-all">{person.email}</span>
    </span>
  );
}

function stateRank({ disabled, mustChangePassword }: Person): number {
  if (disabled) return 2;
  return mustChangePassword ? 1 : 0;
}

function AccountState({ person }: { person: Person }) {
  const rank = stateRank(person);
  if (rank === 2) return <StatusBadge status="no_data">disabled</StatusBadge>;
  if (rank === 1) return <StatusBadge status="attention">first password</StatusBadge>;
  return <StatusBadge status="healthy">works</StatusBadge>;
}

function Ways({ person: { signsInWith, hasSecondFactor } }: { person: Person }) {
  const ways = signsInWith.map((way) => WAYS[way]).join(", ");
  return (
    <span className="text-dim">
      {ways || "nothing yet"}
      {hasSecondFactor && <span className="text-ink"> + authenticator</span>}
    </span>
  );
}
