"use client";

import { UserRound } from "lucide-react";
import { patchIncident } from "#lib/client/incidents.queries.ts";
import type { IncidentRole } from "#lib/contracts/incident-events.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { useMay, useMe } from "#components/shell/me.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { personWords } from "../incident-words.ts";
import type { KnownPerson } from "../use-known-people.ts";
import { useIncidentChange } from "./use-incident-change.ts";

interface RoleMenuProps {
  incident: IncidentDetail;
  role: IncidentRole;
  people: readonly KnownPerson[];
}

/** Who holds a role, and the way to give it to somebody else, to oneself, or to nobody. */
export function RoleMenu({ incident, role, people }: RoleMenuProps) {
  const me = useMe();
  const may = useMay("incidents:write") && incident.mergedInto === null;
  const holder = incident.roles[role];
  const change = useIncidentChange((personId: string | null) =>
    patchIncident({ id: incident.id, version: incident.version, role: { role, personId } }),
  );
  const label = (
    <>
      <UserRound size={13} aria-hidden="true" className={holder ? "text-faint" : "text-warning"} />
      <span className="text-faint">{role}</span>
      {holder ? <bdi className="text-ink max-w-40 truncate">{personWords(holder)}</bdi> : <span>open</span>}
    </>
  );
  if (!may) {
    return (
      <GuardedButton action="incidents:write" className="max-sm:h-10">
        {label}
      </GuardedButton>
    );
  }
  const others = people.filter(({ id }) => id !== me.id);
  const trigger = (
    <GuardedButton action="incidents:write" className="max-sm:h-10" disabled={change.isPending}>
      {label}
    </GuardedButton>
  );
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Menu trigger={trigger}>
        {me.kind === "person" && (
          <MenuItem checked={holder?.id === me.id} onSelect={() => change.mutate(me.id)}>
            me
          </MenuItem>
        )}
        {others.map(({ id, name }) => (
          <MenuItem key={id} checked={holder?.id === id} onSelect={() => change.mutate(id)}>
            <bdi className="max-w-56 truncate">{name}</bdi>
          </MenuItem>
        ))}
        <MenuItem checked={holder === null} onSelect={() => change.mutate(null)}>
          nobody
        </MenuItem>
      </Menu>
      {change.problem && (
        <span role="alert" className="text-small text-critical">
          {change.problem.detail}
        </span>
      )}
    </span>
  );
}
